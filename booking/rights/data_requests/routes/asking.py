"""Asking on one's own page: a parent by private link, or somebody with an account."""

from collections.abc import Sequence

from flask import flash, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain.data_rights import DataRight
from booking.domain.permissions import PARENT, Action
from booking.foundation import clock
from booking.foundation.db import db
from booking.foundation.web import redirects
from booking.foundation.web.access import by_token, requires
from booking.money.checkout.pages import Visit
from booking.money.checkout.routes.visits import LinkEnded, link_ended, visit
from booking.people.pupils.models import Parent, Pupil
from booking.people.schools.models import Person, School
from booking.rights.data_requests import queries, service, words
from booking.rights.data_requests.details import Asked
from booking.rights.data_requests.forms import AskForRightForm
from booking.rights.data_requests.models import DataRequest
from booking.rights.data_requests.routes.blueprint import ASKING, data_requests, status

data_requests.register_error_handler(LinkEnded, link_ended)
_SENT = "Your request is on its way. You will be answered within a month."


@data_requests.route("/parent/<token>/rights", methods=["GET", "POST"])
@by_token("parent link")
def of_parent(token: str) -> ResponseReturnValue:
    """Let a parent ask the school about what it holds, and show what they asked before."""
    seen, form = visit(token), AskForRightForm()
    who = seen.booking.school.name
    if form.carry_out(lambda: _ask_school(visit(token), form), ASKING):
        flash(_SENT, "success")
        return redirects.see(url_for("data_requests.of_parent", token=token))
    return form.page(
        "rights/data_requests/parent.html",
        visit=visit(token),
        who=who,
        asked=_told(queries.of_parent(seen.parent.id)),
    )


def _ask_school(seen: Visit, form: AskForRightForm) -> DataRequest:
    parent, pupil = seen.parent, seen.booking.pupil
    return service.ask(
        actor=PARENT,
        now=clock.now(),
        school=db.session.get_one(School, seen.booking.school_id),
        asked=Asked(
            right=DataRight(form.right.data),
            asker=parent.name or parent.email,
            about=pupil.name,
            received_on=clock.today(),
            wanted=form.wanted.data or "",
            pupil=db.session.get_one(Pupil, pupil.id),
            parent=db.session.get_one(Parent, parent.id),
        ),
    )


@data_requests.route("/account/rights", methods=["GET", "POST"])
@requires(Action.OWN_ACCOUNT)
def of_account() -> ResponseReturnValue:
    """Let somebody with an account ask the network, and show what they asked before."""
    form = AskForRightForm()
    if form.carry_out(lambda: _ask_network(form), ASKING):
        flash(_SENT, "success")
        return redirects.see(url_for("data_requests.of_account"))
    asked = _told(queries.of_person(current_user.person_id))
    return form.page("rights/data_requests/account.html", who="the network lead", asked=asked)


def _ask_network(form: AskForRightForm) -> DataRequest:
    person = db.session.get_one(Person, current_user.person_id)
    return service.ask(
        actor=current_user.actor,
        now=clock.now(),
        school=None,
        asked=Asked(
            right=DataRight(form.right.data),
            asker=person.name,
            about=person.name,
            received_on=clock.today(),
            wanted=form.wanted.data or "",
            person=person,
        ),
    )


def _told(found: Sequence[DataRequest]) -> list[tuple[DataRequest, str, tuple[str, str]]]:
    return [(one, words.SHORT[one.asked_right], status(one)) for one in found]
