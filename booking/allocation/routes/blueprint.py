"""The blueprint, and how its addresses find an event."""

from flask import Blueprint, Response, request

from booking.allocation import charts
from booking.domain.permissions import Scope
from booking.events import queries, states
from booking.events.models import Event

allocation = Blueprint("allocation", __name__)


def published_event(**url_parts: str) -> Event | None:
    """Return the event of an address once it was published, whatever became of it."""
    event = queries.by_slug(url_parts["slug"])
    return event if event is not None and event.state in states.PUBLIC else None


def scope_of(event: Event) -> Scope:
    """Return what an event belongs to: its host and itself."""
    return Scope(event.host_school_id, event.id)


def asked_width() -> int:
    """Return how wide a picture is asked for: a phone's says `?narrow=1`."""
    return charts.NARROW if request.args.get("narrow") else charts.WIDE


def picture(drawing: bytes) -> Response:
    """Return a drawing as an image that may be kept if it is still the same."""
    response = Response(drawing, mimetype="image/svg+xml")
    # The drawing brings its own styles, and asks nothing of anybody.
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
    )
    response.add_etag()
    response.make_conditional(request)
    return response
