"""Links to what colleagues share."""

from collections.abc import Sequence
from datetime import datetime

from flask import request, url_for

from booking.days.events.models import Event
from booking.days.events.ports import WorkLink
from booking.domain import permissions
from booking.domain.permissions import Action, Actor, Scope
from booking.foundation.web.navigation import Door

_HINT = "Lessons, worksheets and links that colleagues share, and how they went."


def of_school() -> Sequence[Door]:
    """Return a school's link to the resources."""
    return (Door("Resources", "resources.listing", _HINT),)


def of_network() -> Sequence[Door]:
    """Return the lead's link to the resources."""
    return (Door("Resources", "resources.listing", _HINT),)


def work_link(event: Event, *, actor: Actor, now: datetime) -> WorkLink | None:
    """Return the link to an event's materials, for whoever runs the event."""
    scope = Scope(event.host_school_id, event.id)
    if not permissions.may(actor, Action.EDIT_EVENT, scope):
        return None
    url = url_for("resources.materials", slug=event.slug)
    return WorkLink("Materials", url, current=request.path == url)


def of_life() -> Sequence[Door]:
    """Return the link from the page about network life."""
    return (Door("Resources", "resources.listing", _HINT),)
