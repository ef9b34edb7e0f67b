"""The blueprint of visits, and how its addresses find a visit or what a colleague asked."""

from functools import wraps
from typing import Any

from flask import Blueprint, abort, url_for
from flask_login import current_user

from booking.domain.moves import MoveNotAllowed
from booking.domain.permissions import Action, Scope
from booking.domain.reasons import ReasonMissing
from booking.foundation.web.access import requires
from booking.foundation.web.forms import Refusals
from booking.network.visits import pages, queries
from booking.network.visits.models import StaffVisit, VisitAsk
from booking.network.visits.refusals import (
    AskedToCome,
    NoteTooEarly,
    NotForYou,
    NotHostSchool,
    VisitFull,
    VisitOver,
    VisitRefused,
)

visits = Blueprint("visits", __name__)

#: Which field a refusal is shown beside; the others go at the top.
REFUSALS: Refusals = {
    VisitRefused: "",
    NotHostSchool: "school_id",
    NotForYou: "",
    AskedToCome: "",
    VisitFull: "",
    VisitOver: "",
    NoteTooEarly: "",
    ReasonMissing: "word",
    MoveNotAllowed: "",
}


def load_visit(public_id: str) -> StaffVisit | None:
    """Return the visit at an address, if the person signed in may see it."""
    return queries.visit(public_id, current_user.actor)


def load_ask(public_id: str) -> VisitAsk | None:
    """Return what a colleague asked."""
    return queries.ask(public_id)


def host_of(ask: VisitAsk) -> Scope:
    """Return what an answer belongs to: the visit's school, and whoever opened it."""
    return pages.scope_of(ask.visit)


def visitor_of(ask: VisitAsk) -> Scope:
    """Return what a wish to come belongs to: whoever asked."""
    return Scope(person_id=ask.visitor_id)


def of_a_visit(view: Any) -> Any:
    """Admit whoever may see the visit at an address."""

    @requires(Action.SEE_NETWORK_LIFE)
    @wraps(view)
    def found(public_id: str) -> Any:
        return view(visit=load_visit(public_id) or abort(404))

    return found


def address_of(visit: StaffVisit) -> str:
    """Return the address of a visit's page."""
    return url_for("visits.show", public_id=visit.public_id)
