"""Where an event's page shows its materials."""

from datetime import datetime

from booking.days.events.models import Event
from booking.days.events.ports import Panel
from booking.domain import permissions
from booking.domain.permissions import Action, Actor
from booking.network.resources import queries, words


def of_event(event: Event, *, actor: Actor, now: datetime) -> Panel | None:
    """Return the materials of the day, for those who see network life."""
    if not permissions.may(actor, Action.SEE_NETWORK_LIFE):
        return None
    found = queries.materials(event.id)
    if not found:
        return None
    return Panel("network/resources/_of_event.html", {"materials": found, "words": words})
