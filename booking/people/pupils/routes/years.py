"""September: everybody moves up one year, and for a day it can be undone."""

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import english, moving_up
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.people.pupils import pages, queries, service
from booking.people.pupils.forms import MoveUpForm
from booking.people.pupils.routes.blueprint import pupils
from booking.people.pupils.service import years
from booking.people.schools import acting


@pupils.get("/new-year")
@requires(Action.KEEP_PUPILS)
def new_year() -> ResponseReturnValue:
    """Show what moving up would do to each year group, or what it did."""
    return _page(MoveUpForm(formdata=None))


@pupils.post("/new-year")
@requires(Action.KEEP_PUPILS)
def move_up() -> ResponseReturnValue:
    """Move everybody up one year."""
    form = MoveUpForm()
    try:
        done = form.carry_out(
            lambda: service.move_up(
                actor=current_user.actor,
                now=clock.now(),
                school=acting.school(),
                ticked=frozenset(form.ticked.data or ()),
                seen=form.seen.data or "not shown",
            ),
            {service.PupilListChanged: ""},
        )
    except (service.NotTheTime, service.AlreadyMovedUp) as refusal:
        flash(str(refusal), "info")
        return redirects.see(url_for("pupils.new_year"))
    if not done:
        return _page(form, status=422)
    result = done.result
    moved, left = english.plural(result.moved, "pupil"), english.plural(result.left, "pupil")
    flash(f"{moved} moved up a year and {left} left. You can undo this for a day.", "success")
    if result.twice:
        flash(f"Now on your list twice: {', '.join(result.twice)}. Remove one of each.", "warning")
    return redirects.see(url_for("pupils.new_year"))


@pupils.post("/new-year/undo")
@requires(Action.KEEP_PUPILS)
def undo_move() -> ResponseReturnValue:
    """Put everybody back who has not been changed since."""
    done = acts.attempt(
        lambda: years.undo(actor=current_user.actor, now=clock.now(), school=acting.school()),
        service.NothingToUndo,
        level="info",
    )
    if done is None:
        return redirects.see(url_for("pupils.new_year"))
    result = done.result
    flash(f"{english.plural(result.restored, 'pupil')} put back as before.", "success")
    if result.changed_since:
        names = english.listed(result.changed_since)
        flash(f"Changed since, and left as they are now: {names}.", "warning")
    return redirects.see(url_for("pupils.new_year"))


def _page(form: MoveUpForm, *, status: int = 200) -> ResponseReturnValue:
    school, now = acting.school(), clock.now()
    school_year = moving_up.moving_year(clock.today())
    record = queries.year_move(school.id, school_year) if school_year else None
    return render_template(
        "people/pupils/new_year.html",
        form=form,
        school=school,
        school_year=school_year,
        record=record,
        undo_until=record.moved_at + years.UNDO_FOR
        if record and years.may_undo(record, now)
        else None,
        seen=pages.moving_page(school, school_year) if school_year and not record else None,
    ), status
