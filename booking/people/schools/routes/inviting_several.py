"""Several people are invited at once: members of staff by their school, associates by the lead."""

from collections.abc import Iterator

from flask import flash, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import english
from booking.domain.permissions import Action, Role
from booking.foundation import clock
from booking.foundation.web import redirects
from booking.foundation.web.access import requires
from booking.foundation.web.asks_again import asks_again
from booking.people.schools import acting, service
from booking.people.schools.details import InvitedSeveral
from booking.people.schools.forms.several import SeveralForm
from booking.people.schools.imports import colleagues
from booking.people.schools.models import School
from booking.people.schools.routes.blueprints import admin, own_school
from booking.people.schools.routes.network import show


@own_school.route("/colleagues/several", methods=["GET", "POST"])
@requires(Action.REQUEST_PLACES)
@asks_again
def invite_several() -> ResponseReturnValue:
    """Invite several members of staff of the coordinator's own school."""
    school, form = acting.school(), SeveralForm(Role.STAFF)
    if _invite(form, school):
        return redirects.see(url_for("own_school.colleagues"))
    return form.page("people/own_school/several.html", school=school)


@admin.route("/people/invite-associates", methods=["GET", "POST"])
@requires(Action.RUN_NETWORK)
@asks_again
def invite_associates() -> ResponseReturnValue:
    """Invite several associates."""
    form = SeveralForm(Role.ASSOCIATE)
    if _invite(form):
        return redirects.see(url_for("admin.invitations"))
    return show("people/admin/several.html", form)


def _invite(form: SeveralForm, school: School | None = None) -> bool:
    done = form.carry_out(
        lambda: service.invite_several(
            actor=current_user.actor,
            now=clock.now(),
            people=form.people,
            role=form.role,
            school=school,
        ),
        {colleagues.LinesRefused: colleagues.FIELD, service.RoleRefused: colleagues.FIELD},
    )
    if done is None:
        return False
    for said, level in _what_came_of(done.result):
        flash(said, level)
    return True


def _what_came_of(done: InvitedSeveral) -> Iterator[tuple[str, str]]:
    if done.sent:
        yield f"We have sent {english.plural(len(done.sent), 'invitation')}.", "success"
    if done.waiting:
        yield (
            "Somebody at another school has the address of "
            f"{english.listed(done.waiting)}, so we have asked the network lead. Nothing is sent "
            "until they agree.",
            "info",
        )
    if done.before:
        yield (
            f"Nothing was sent to {english.listed(done.before)}: invited before, or in this role "
            "already.",
            "info",
        )
