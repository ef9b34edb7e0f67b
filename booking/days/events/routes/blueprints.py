"""The blueprints, and how their addresses find an event."""

from typing import Any

from flask import Blueprint

from booking.days.events import queries
from booking.days.events.models import Event
from booking.domain.permissions import Scope

events = Blueprint("events", __name__)
host_pages = Blueprint("host", __name__, url_prefix="/host")
rules = Blueprint("rules", __name__, url_prefix="/admin")


def load_event(**url_parts: Any) -> Event | None:
    """Return the event at an address, in any state."""
    return queries.by_slug(url_parts["slug"])


def scope_of(event: Event) -> Scope:
    """Return what an event belongs to: its host school and the event itself."""
    return Scope(event.host_school_id, event.id)
