"""The blueprint for travel, and how its addresses find what they name."""

from typing import Any

from flask import Blueprint

from booking.days.events.models import Event
from booking.domain.permissions import Scope
from booking.foundation.web.forms import Refusals
from booking.on_the_day.travel import queries, service
from booking.on_the_day.travel.models import SeatShare, TravelPlan
from booking.people.schools import acting

travel = Blueprint("travel", __name__)

#: Where a refusal stands: most say themselves which field they are about.
REFUSALS: Refusals = {
    service.NobodyTravels: "",
    service.TravelRefused: "",
    service.SeatsRefused: "",
}


def own_school(_found: object) -> Scope:
    """Return the school the coordinator acts for; each school sees its own side."""
    return Scope(acting.school().id)


def hosts_school(event: Event) -> Scope:
    """Return the school whose hosts run an event."""
    return Scope(event.host_school_id)


def load_bus(**url: Any) -> TravelPlan | None:
    """Return another school's plan: nobody asks for seats of their own bus."""
    plan = queries.plan_by_public_id(url["public_id"])
    return plan if plan is not None and plan.school_id != acting.school().id else None


def load_share(**url: Any) -> SeatShare | None:
    """Return seats that were asked for."""
    return queries.share_by_public_id(url["public_id"])


def givers_school(share: SeatShare) -> Scope:
    """Return the school whose bus it is."""
    return Scope(share.plan.school_id)


def takers_school(share: SeatShare) -> Scope:
    """Return the school whose pupils sit in it."""
    return Scope(share.school_id)
