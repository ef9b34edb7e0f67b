"""The schools of the network: list, one school, adding, changing, leaving."""

from typing import Any

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain.permissions import Action, Scope
from booking.foundation import clock
from booking.foundation.audit.routes import histories
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import editing
from booking.foundation.web.paging import asked_page, page_of
from booking.people.schools import queries, service
from booking.people.schools.forms.network import LeaveForm, SchoolForm
from booking.people.schools.models import School
from booking.people.schools.routes.blueprints import admin
from booking.people.schools.routes.network import show

#: What the list can be filtered by.
SHOWN = {"uncoordinated": "Without a coordinator", "left": "Former members"}


def school_of(slug: str) -> School | None:
    """Return the school that an address names."""
    return queries.school_by_slug(slug)


def school_scope(school: School) -> Scope:
    """Return what a school belongs to: itself."""
    return Scope(school_id=school.id)


@admin.get("/schools/")
@requires(Action.SEE_NETWORK)
def schools() -> ResponseReturnValue:
    """List schools, by name."""
    text, shown = request.args.get("q", "").strip()[:100], request.args.get("show", "")
    page = page_of(queries.schools_list(text, shown if shown in SHOWN else ""), number=asked_page())
    return show(
        "people/admin/schools.html", page=page, q=text, shown=shown, choices=list(SHOWN.items())
    )


@admin.route("/schools/new", methods=["GET", "POST"])
@requires(Action.RUN_NETWORK)
def add_school() -> ResponseReturnValue:
    """Add a school by hand."""
    form = SchoolForm(day_starts="08:50", day_ends="15:20")
    done = form.carry_out(
        lambda: service.add_school(actor=current_user.actor, now=clock.now(), **details_of(form)),
        {service.SchoolRefused: ""},
    )
    if done:
        flash(f"{done.result.name} is now a member. Invite its coordinator next.", "success")
        return redirects.see(url_for("admin.school", slug=done.result.slug))
    return show("people/admin/school_form.html", form, school=None)


@admin.get("/schools/<slug>")
@requires(Action.SEE_NETWORK, load=school_of, scope=school_scope, name="school")
def school(school: School) -> ResponseReturnValue:
    """Show one school and its people."""
    return _school_page(school, LeaveForm())


@admin.route("/schools/<slug>/change", methods=["GET", "POST"])
@requires(Action.RUN_NETWORK, load=school_of, scope=school_scope, name="school")
def change_school(school: School) -> ResponseReturnValue:
    """Change what the network knows about a school."""
    form = editing(lambda: SchoolForm(obj=school), school, changed_by=("change_school",))
    if form.carry_out(
        lambda: service.change_school(
            actor=current_user.actor, now=clock.now(), school=school, **details_of(form)
        ),
        {service.SchoolRefused: ""},
    ):
        flash(f"{school.name} has been saved.", "success")
        return redirects.see(url_for("admin.school", slug=school.slug))
    return show("people/admin/school_form.html", form, school=school)


@admin.post("/schools/<slug>/leave")
@requires(Action.RUN_NETWORK, load=school_of, scope=school_scope, name="school")
def leave_network(school: School) -> ResponseReturnValue:
    """End a school's membership; its history stays."""
    form = LeaveForm()
    if not form.validate_on_submit():
        return _school_page(school, form)
    if acts.attempt(
        lambda: service.leave_network(
            actor=current_user.actor, now=clock.now(), school=school, on=form.left_on.data
        ),
        service.SchoolRefused,
    ):
        flash(f"{school.name} has left the network.", "success")
    return redirects.see(url_for("admin.school", slug=school.slug))


@admin.post("/schools/<slug>/rejoin")
@requires(Action.RUN_NETWORK, load=school_of, scope=school_scope, name="school")
def rejoin_network(school: School) -> ResponseReturnValue:
    """Make a former member a member again."""
    if acts.attempt(
        lambda: service.rejoin_network(actor=current_user.actor, now=clock.now(), school=school),
        service.SchoolRefused,
    ):
        flash(f"{school.name} is a member again.", "success")
    return redirects.see(url_for("admin.school", slug=school.slug))


def details_of(form: SchoolForm) -> dict[str, Any]:
    """Return what a form says about a school, in the form that the service takes."""
    details = {name: field.data for name, field in form._fields.items() if name != "csrf_token"}
    return details | {
        "urn": form.urn.data or None,
        "roll": form.roll.data or 0,
        "postcode": (form.postcode.data or "").upper(),
    }


def _school_page(school: School, form: LeaveForm) -> ResponseReturnValue:
    return show(
        "people/admin/school.html",
        form,
        school=school,
        grants=queries.grants_at(school.id),
        closures=queries.closures(school_id=school.id),
    )


@admin.get("/schools/<slug>/history")
@requires(Action.SEE_NETWORK, load=school_of, scope=school_scope, name="school")
def school_history(school: School) -> str:
    """Show who did what at a school, without naming its pupils."""
    back = (url_for("admin.school", slug=school.slug), school.name)
    return histories.show(table="schools", row_id=school.id, of=school.name, back=back)
