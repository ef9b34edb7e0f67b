"""The blueprint of a school's pages, and how their addresses find what they name."""

from typing import Any

from flask import Blueprint

from booking.days.events import queries as event_queries
from booking.days.events.models import Event, EventState
from booking.days.places import queries
from booking.days.places.models import Booking, Offer
from booking.domain.permissions import Scope
from booking.people.schools import acting

school_pages = Blueprint("school", __name__, url_prefix="/school")


def load_event(**url: Any) -> Event | None:
    """Return a published event; a draft belongs only to its host."""
    found = event_queries.by_slug(url["slug"])
    return found if found is not None and found.state is not EventState.DRAFT else None


def own_school(_event: Event) -> Scope:
    """Return the school that the coordinator is acting for: each sees its own side of an event."""
    return Scope(acting.school().id)


def load_booking(**url: Any) -> Booking | None:
    """Return a booking."""
    return queries.booking_by_public_id(url["public_id"])


def load_offer(**url: Any) -> Offer | None:
    """Return an offer."""
    return queries.offer_by_public_id(url["public_id"])


def scope_of(subject: Booking | Offer) -> Scope:
    """Return the school that a booking or an offer belongs to."""
    return Scope(subject.school_id)
