"""The blueprint, and how its addresses find what they name."""

from flask import Blueprint

from booking.days.events import queries as event_queries
from booking.days.events.models import Event
from booking.days.groups.models import Workshop
from booking.days.groups.queries import workshops
from booking.days.places import queries as place_queries
from booking.days.places.models import Booking
from booking.domain.booking_states import EXPECTED
from booking.domain.permissions import Action, Scope
from booking.foundation.web.access import requires
from booking.people.schools import acting

groups_pages = Blueprint("groups", __name__)


def any_event(**url_parts: str) -> Event | None:
    """Return the event of an address, in any state."""
    return event_queries.by_slug(url_parts["slug"])


def public_event(**url_parts: str) -> Event | None:
    """Return the published event of an address."""
    return event_queries.public_by_slug(url_parts["slug"])


def load_booking(**url_parts: str) -> Booking | None:
    """Return the booking of an address."""
    return place_queries.booking_by_public_id(url_parts["public_id"])


def load_workshop(**url_parts: str) -> Workshop | None:
    """Return the workshop of an address."""
    return workshops.by_public_id(url_parts["public_id"])


def load_expected(**url_parts: str) -> Booking | None:
    """Return the booking of an address, if its pupil is expected at the event."""
    found = load_booking(**url_parts)
    return found if found is not None and found.state in EXPECTED else None


def scope_of(event: Event) -> Scope:
    """Return what an event belongs to: its host school and the event itself."""
    return Scope(event.host_school_id, event.id)


def scope_of_event(subject: Workshop | Booking) -> Scope:
    """Return what the event belongs to at which a workshop is, or a pupil has a place."""
    return scope_of(subject.event)


def home_school(booking: Booking) -> Scope:
    """Return the school that a booking belongs to."""
    return Scope(booking.school_id)


def own_school(_event: Event) -> Scope:
    """Return the school that the coordinator is acting for."""
    return Scope(acting.school().id)


CHANGES_GROUPS = requires(Action.PLACE_PUPILS, load=public_event, scope=scope_of, name="event")
SEES_WORKSHOPS = requires(Action.PLACE_PUPILS, load=any_event, scope=scope_of, name="event")
CHANGES_WORKSHOPS = requires(Action.EDIT_EVENT, load=any_event, scope=scope_of, name="event")
CHANGES_WORKSHOP = requires(
    Action.EDIT_EVENT, load=load_workshop, scope=scope_of_event, name="workshop"
)
MOVES_PUPIL = requires(
    Action.PLACE_PUPILS, load=load_expected, scope=scope_of_event, name="booking"
)
