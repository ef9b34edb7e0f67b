"""The blueprints of the directory, and how its addresses find an offer, a link or an area."""

from functools import wraps
from typing import Any

from flask import Blueprint, abort, url_for
from flask_login import current_user

from booking.domain.moves import MoveNotAllowed
from booking.domain.permissions import Action, Role, Scope
from booking.domain.reasons import ReasonMissing
from booking.foundation.web.access import requires
from booking.foundation.web.forms import Refusals
from booking.network.directory import queries
from booking.network.directory.models import Expertise, HelpArea, HelpLink
from booking.network.directory.refusals import (
    AreaRefused,
    AskedBefore,
    HelpRefused,
    NotListed,
    NotOwnSchool,
)

directory = Blueprint("directory", __name__)
lead = Blueprint("directory_lead", __name__, url_prefix="/admin/who-can-help")

#: Which field a refusal is shown beside; the others go at the top.
REFUSALS: Refusals = {
    HelpRefused: "",
    NotOwnSchool: "school_id",
    AskedBefore: "",
    NotListed: "",
    AreaRefused: "name",
    ReasonMissing: "word",
    MoveNotAllowed: "",
}


def load_offer(public_id: str) -> Expertise | None:
    """Return the offer at an address, if the person signed in may read it."""
    found = queries.offer(public_id)
    return found if found is not None and queries.may_read(found, current_user.actor) else None


def load_link(public_id: str) -> HelpLink | None:
    """Return the link at an address, for its school and the lead."""
    found = queries.link(public_id)
    actor = current_user.actor
    if found is None or not (found.school_id in actor.schools() or actor.has(Role.LEAD)):
        return None
    return found


def load_area(public_id: str) -> HelpArea | None:
    """Return the area at an address."""
    return queries.area(public_id)


def whole_network(_row: Any) -> Scope:
    """Return what the lead looks after."""
    return Scope()


def own(offer: Expertise) -> Scope:
    """Return what an offer belongs to: whoever made it."""
    return Scope(person_id=offer.person_id)


def of_an_offer(view: Any) -> Any:
    """Admit whoever may read the offer at an address."""

    @requires(Action.SEE_NETWORK_LIFE)
    @wraps(view)
    def found(public_id: str) -> Any:
        return view(offer=load_offer(public_id) or abort(404))

    return found


def of_a_link(view: Any) -> Any:
    """Admit the school that asked, and the lead."""

    @requires(Action.SEE_NETWORK_LIFE)
    @wraps(view)
    def found(public_id: str) -> Any:
        return view(link=load_link(public_id) or abort(404))

    return found


def to_offer(offer: Expertise) -> str:
    """Return the address of an offer's page."""
    return url_for("directory.show", public_id=offer.public_id)


def to_link(link: HelpLink) -> str:
    """Return the address of a link's page."""
    return url_for("directory.link", public_id=link.public_id)
