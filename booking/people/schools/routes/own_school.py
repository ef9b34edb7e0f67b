"""A coordinator's own school: its details, its closures, its colleagues."""

from flask import flash, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain.permissions import ROLE_WORDS, Action, Role
from booking.foundation import clock
from booking.foundation.audit.routes import histories
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.asks_again import asks_again
from booking.foundation.web.forms import editing
from booking.people.schools import acting, queries, service, shelf, words
from booking.people.schools.forms.network import ClosureForm, ColleagueForm, OwnDetailsForm
from booking.people.schools.models import Closure
from booking.people.schools.routes.blueprints import own_school
from booking.people.schools.routes.days import closure_scope


@own_school.route("/details", methods=["GET", "POST"])
@requires(Action.REQUEST_PLACES)
def details() -> ResponseReturnValue:
    """Show and change the school's numbers and times."""
    school = acting.school()
    form = editing(lambda: OwnDetailsForm(obj=school), school, changed_by=("change_school",))
    if form.carry_out(
        lambda: service.change_school(
            actor=current_user.actor,
            now=clock.now(),
            school=acting.school(),
            **{field: form[field].data for field in service.OWN_DETAILS},
        ),
        {service.SchoolRefused: ""},
    ):
        flash("Your school’s details have been saved.", "success")
        return redirects.see(url_for("own_school.details"))
    return form.page(
        "people/own_school/details.html",
        school=school,
        closures=queries.closures(school_id=school.id),
    )


@own_school.route("/closures/new", methods=["GET", "POST"])
@requires(Action.REQUEST_PLACES)
def add_closure() -> ResponseReturnValue:
    """Add days when the school is closed, mostly INSET days."""
    form = ClosureForm()
    if form.carry_out(
        lambda: service.add_closure(
            actor=current_user.actor,
            now=clock.now(),
            school=acting.school(),
            first_on=form.first_on.data,
            last_on=form.last_on.data or form.first_on.data,
            reason=form.reason.data,
        ),
        {service.DaysRefused: "last_on"},
    ):
        flash(f"{form.reason.data} has been added to your school’s calendar.", "success")
        return redirects.see(url_for("own_school.details"))
    return form.page("people/own_school/closure_form.html", school=acting.school())


@own_school.post("/closures/<public_id>/remove")
@requires(Action.KEEP_SCHOOL, load=queries.closure, scope=closure_scope, name="closure")
def remove_closure(closure: Closure) -> ResponseReturnValue:
    """Open the school again."""
    acts.run(
        lambda: service.remove_closure(actor=current_user.actor, now=clock.now(), closure=closure)
    )
    flash("The closure has been removed from your school’s calendar.", "success")
    return redirects.see(url_for("own_school.details"))


def _what_became_of(school_id: int, form: ColleagueForm) -> str:
    """Return the message after an invitation was written: sent, or the lead is asked first."""
    invitations = queries.open_invitations(school_id)
    waiting = service.waiting(invitations)
    to = form.email.data.strip().casefold()
    if any(found.id in waiting for found in invitations if found.email.casefold() == to):
        return (
            "Somebody at another school has this address, so we have asked the network lead. "
            "Nothing is sent until they agree."
        )
    return f"We have sent an invitation to {form.name.data}."


@own_school.route("/colleagues", methods=["GET", "POST"])
@requires(Action.REQUEST_PLACES)
@asks_again
def colleagues() -> ResponseReturnValue:
    """Show who coordinates and hosts here; invite a colleague."""
    school, form = acting.school(), ColleagueForm()
    if form.carry_out(
        lambda: service.invite(
            actor=current_user.actor,
            now=clock.now(),
            email=form.email.data,
            name=form.name.data,
            offers=[service.RoleOffer(Role(form.role.data), school)],
        ),
        {service.RoleRefused: "email", service.InvitationRefused: "email"},
    ):
        flash(_what_became_of(school.id, form), "success")
        return redirects.see(url_for("own_school.colleagues"))
    invitations = queries.open_invitations(school.id)
    return form.page(
        "people/own_school/colleagues.html",
        school=school,
        grants=[(grant, words.post(grant)) for grant in queries.grants_at(school.id)],
        invitations=[(i, [words.post(row) for row in i.roles]) for i in invitations],
        role_words=ROLE_WORDS,
        waiting=service.waiting(invitations),
        now=clock.now(),
    )


@own_school.get("/files")
@requires(Action.REQUEST_PLACES)
def files() -> ResponseReturnValue:
    """Lead to the files of the coordinator's own school."""
    return redirects.see(url_for("files.keep", kind=shelf.KIND, owner_id=acting.school().slug))


@own_school.get("/history")
@requires(Action.REQUEST_PLACES)
def history() -> str:
    """Show who did what at the coordinator's own school."""
    school = acting.school()
    back = (url_for("school.home"), "My school")
    return histories.show(table="schools", row_id=school.id, of=school.name, back=back)
