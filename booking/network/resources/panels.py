"""Where an event's page shows its materials, and the listing that there are resources."""

from datetime import datetime
from typing import Any

from flask_login import current_user

from booking.days.events.models import Event
from booking.days.events.ports import Panel
from booking.domain import permissions
from booking.domain.permissions import Action, Actor
from booking.network.resources import queries, words


def for_members(**_facts: Any) -> Panel | None:
    """Return the way from the listing of events to the resources, for those who may read them."""
    if not current_user.is_authenticated:
        return None
    if not permissions.may(current_user.actor, Action.SEE_NETWORK_LIFE):
        return None
    return Panel("network/resources/_for_members.html")


def of_event(event: Event, *, actor: Actor, now: datetime) -> Panel | None:
    """Return the materials of the day, for those who see network life."""
    if not permissions.may(actor, Action.SEE_NETWORK_LIFE):
        return None
    found = queries.materials(event.id)
    if not found:
        return None
    return Panel("network/resources/_of_event.html", {"materials": found, "words": words})
