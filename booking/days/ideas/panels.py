"""Where an event says that it was made from an idea, and the listing that there are ideas."""

from datetime import datetime
from typing import Any

from flask_login import current_user

from booking.days.events.models import Event
from booking.days.events.ports import Panel
from booking.days.ideas import queries, words
from booking.domain import permissions
from booking.domain.permissions import Action, Actor


def of_event(event: Event, *, actor: Actor, now: datetime) -> Panel | None:
    """Return whose idea an event was, for those who work on it."""
    idea = queries.of_event(event.id)
    if idea is None:
        return None
    support = queries.support([idea.id])[idea.id]
    facts = {"idea": idea, "whose": words.whose(idea), "supported": words.supported(support)}
    return Panel("days/ideas/_of_event.html", facts)


def for_members(**_facts: Any) -> Panel | None:
    """Return the way from the listing to the ideas, for those who may read them."""
    if not current_user.is_authenticated:
        return None
    if not permissions.may(current_user.actor, Action.SEE_IDEAS):
        return None
    return Panel("days/ideas/_for_members.html")
