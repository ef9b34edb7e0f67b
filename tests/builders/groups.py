"""Groups and workshops for tests, made by calling the service."""

from typing import Any

from booking.days.events.models import Event
from booking.days.groups import queries as group_queries
from booking.days.groups import service as groups
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import db, transaction
from tests.builders.rewritten import rewritten


@rewritten
def propose_groups(event: Event, **wanted: Any) -> None:
    """Put everybody expected into groups."""
    with transaction():
        groups.propose(
            actor=COMMAND,
            now=clock.now(),
            event=db.session.get_one(Event, event.id),
            seen=version(event),
            **wanted,
        )


def version(event: Event) -> int:
    """Return which state an event's groups are in."""
    plan = group_queries.plan(event.id)
    return plan.version if plan else 0
