"""How long somebody who helped on the day keeps that role."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from booking.days.events.models import Event
from booking.foundation.chores import RetentionRule, deleting
from booking.people.schools.models import RoleGrant

ROLES_KEPT = timedelta(days=30)


def rules() -> Sequence[RetentionRule]:
    """Return when roles for a day are deleted."""
    return (
        deleting(
            "day staff's roles",
            "30 days after the event",
            RoleGrant,
            lambda now: [
                RoleGrant.event_id.in_(
                    select(Event.id).where(Event.last_ends_at <= now - ROLES_KEPT)
                )
            ],
        ),
    )
