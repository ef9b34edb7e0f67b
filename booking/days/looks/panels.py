"""What the lead's look adds to the last page before publication, and to the page of the work."""

from datetime import datetime

from booking.days.events.models import Event, EventState
from booking.days.events.ports import Panel
from booking.days.looks import queries
from booking.domain import permissions
from booking.domain.permissions import Action, Actor, Scope


def instead_of_publishing(event: Event, *, actor: Actor, now: datetime) -> Panel | None:
    """Return the way to ask the lead, for a host who may not publish alone."""
    if not queries.is_needed(actor):
        return None
    look = queries.of_event(event.id)
    is_waiting = look is not None and look.is_waiting
    return Panel("days/looks/_ask.html", {"look": look, "is_waiting": is_waiting})


def work(event: Event, *, actor: Actor, now: datetime) -> Panel | None:
    """Return how far the lead's look has got, for those who work on a draft."""
    look = queries.of_event(event.id) if event.state is EventState.DRAFT else None
    if look is None:
        return None
    scope = Scope(event.host_school_id, event.id)
    return Panel(
        "days/looks/_work.html",
        {
            "look": look,
            "may_give_back": look.is_waiting and permissions.may(actor, Action.RUN_NETWORK, scope),
            "may_withdraw": look.is_waiting and permissions.may(actor, Action.EDIT_EVENT, scope),
        },
    )


def why_not_published(event: Event, *, actor: Actor) -> str | None:
    """Return why this person may not publish the event."""
    if not queries.is_needed(actor):
        return None
    return "The network lead looks at events before they are published. Ask to publish it."
