"""The list of a school's pupils: find, add, change, remove, export."""

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.wrappers import Response

from booking.domain import moving_up, year_groups
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.audit.routes import histories
from booking.foundation.db import db
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.asks_again import asks_again
from booking.foundation.web.forms import editing
from booking.foundation.web.paging import asked_page, page_of, whole
from booking.people.pupils import files, locks, ports, queries, service
from booking.people.pupils.forms import PupilForm
from booking.people.pupils.models import Pupil
from booking.people.pupils.routes.blueprint import known, on_the_list, own_school, pupils
from booking.people.schools import acting
from booking.people.schools.models import School


@pupils.get("/")
@requires(Action.KEEP_PUPILS)
def listing() -> ResponseReturnValue:
    """Show the school's pupils, filtered by name and year group."""
    school = acting.school()
    text, year = request.args.get("q", "").strip(), request.args.get("year", type=whole)
    years = (queries.LOWEST, queries.HIGHEST) if year is None else (year, year)
    counts = queries.counts_by_year(school.id)
    page = page_of(queries.current(school.id, *years, text), number=asked_page())
    return render_template(
        "people/pupils/listing.html",
        school=school,
        page=page,
        restricted=queries.restricted(page.items),
        text=text,
        year=year,
        years=[(n, f"{year_groups.name(n)} ({counts[n]})") for n in counts],
        moving_year=moving_up.moving_year(clock.today()),
    )


@pupils.route("/add", methods=["GET", "POST"])
@requires(Action.KEEP_PUPILS)
def add() -> ResponseReturnValue:
    """Add one pupil."""
    school = acting.school()
    form = PupilForm(school=school)
    done = form.carry_out(
        lambda: service.add_pupil(
            actor=current_user.actor, now=clock.now(), school=school, **form.details
        ),
        {service.PupilRefused: ""},
    )
    if done:
        flash(f"{done.result.name} is on your list.", "success")
        return redirects.see(url_for("pupils.listing"))
    return form.page(
        "people/pupils/pupil.html",
        school=school,
        pupil=None,
        school_year=service.year_of_lists(clock.now()),
    )


@pupils.route("/<public_id>/", methods=["GET", "POST"])
@requires(Action.KEEP_PUPILS, load=on_the_list, scope=own_school, name="pupil")
def edit(pupil: Pupil) -> ResponseReturnValue:
    """Change what is known about a pupil."""
    school = db.session.get_one(School, pupil.school_id)
    form = editing(
        lambda: PupilForm(school=school, pupil=pupil),
        changed_by=("change_pupil",),
        lock=lambda: locks.on_list(school, pupil),
    )
    if form.carry_out(
        lambda: service.change_pupil(
            actor=current_user.actor, now=clock.now(), pupil=pupil, **form.details
        ),
        {service.PupilRefused: ""},
    ):
        flash(f"Your changes to {pupil.name} have been saved.", "success")
        return redirects.see(url_for("pupils.listing"))
    return form.page(
        "people/pupils/pupil.html",
        school=school,
        pupil=pupil,
        panels=ports.panels(pupil, now=clock.now()),
    )


@pupils.route("/<public_id>/leave", methods=["GET", "POST"])
@requires(Action.KEEP_PUPILS, load=on_the_list, scope=own_school, name="pupil")
def leave(pupil: Pupil) -> ResponseReturnValue:
    """Ask whether the pupil has left, and remove the pupil from the list."""
    if request.method == "GET":
        return render_template("people/pupils/leave.html", pupil=pupil)
    acts.run(lambda: service.remove_pupil(actor=current_user.actor, now=clock.now(), pupil=pupil))
    flash(f"{pupil.name} is no longer on your list.", "success")
    return redirects.see(url_for("pupils.listing"))


@pupils.get("/export.csv")
@requires(Action.KEEP_PUPILS)
@asks_again
def export() -> ResponseReturnValue:
    """Send the school's own list as a file; the download is recorded."""
    school = acting.school()
    listed = queries.pupils_of(school.id)
    restricted = queries.restricted(listed)
    found = [pupil for pupil in listed if pupil.id not in restricted]
    content = files.as_csv(found)
    acts.run(
        lambda: service.note_export(
            actor=current_user.actor, now=clock.now(), school=school, rows=len(found)
        )
    )
    name = f"pupils-{school.slug}-{clock.today().isoformat()}.csv"
    return Response(
        content,
        mimetype="text/csv",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )


@pupils.get("/<public_id>/history")
@requires(Action.KEEP_PUPILS, load=known, scope=own_school, name="pupil")
def history(pupil: Pupil) -> str:
    """Show who did what about a pupil, who may have left since: to their own school only."""
    address = url_for("pupils.edit", public_id=pupil.public_id)
    back = (url_for("pupils.listing"), "Pupils") if pupil.left_at else (address, pupil.name)
    return histories.show(table="pupils", row_id=pupil.id, of=pupil.name, back=back)
