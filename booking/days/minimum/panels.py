"""What a decision about too few pupils adds to the page of the work on an event."""

from datetime import datetime

from booking.days.events.models import Event
from booking.days.events.ports import Panel
from booking.days.minimum import queries
from booking.domain import permissions
from booking.domain.permissions import Action, Actor, Scope


def work(event: Event, *, actor: Actor, now: datetime) -> Panel | None:
    """Return what is to decide, and its two ways for those who may."""
    found = queries.of_event(event, now=now)
    if found is None:
        return None
    scope = Scope(event.host_school_id, event.id)
    may = permissions.may(actor, Action.EDIT_EVENT, scope)
    return Panel("days/minimum/_work.html", {"pupils": found.pupils, "may_decide": may})
