"""The blueprint, and how its addresses find an event."""

from flask import Blueprint, request

from booking.days.allocation import charts
from booking.days.events import queries as event_queries
from booking.days.events import states as event_states
from booking.days.events.models import Event
from booking.domain.permissions import Scope
from booking.foundation.web.bars import picture

__all__ = ["allocation", "asked_width", "picture", "published_event", "scope_of"]

allocation = Blueprint("allocation", __name__)


def published_event(**url_parts: str) -> Event | None:
    """Return the event of an address if it has been published, whatever became of it."""
    event = event_queries.by_slug(url_parts["slug"])
    return event if event is not None and event.state in event_states.PUBLIC else None


def scope_of(event: Event) -> Scope:
    """Return what an event belongs to: its host school and the event itself."""
    return Scope(event.host_school_id, event.id)


def asked_width() -> int:
    """Return the picture width that was asked for: phones send `?narrow=1`."""
    return charts.NARROW if request.args.get("narrow") else charts.WIDE
