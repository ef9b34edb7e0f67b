"""How long it is kept who came without being on the list."""

from collections.abc import Sequence

from sqlalchemy import select

from booking.days.events.models import Event
from booking.domain.keeping import families
from booking.foundation.chores import RetentionRule, deleting
from booking.on_the_day.walk_ins.models import WalkIn


def rules() -> Sequence[RetentionRule]:
    """Return when walk-ins are deleted; the audit trail keeps that there was one, but no name."""
    return (
        deleting(
            "pupils who came at the door",
            families.WALK_INS,
            WalkIn,
            lambda now: [
                WalkIn.event_id.in_(
                    select(Event.id).where(Event.last_ends_at <= families.WALK_INS.over(now))
                )
            ],
        ),
    )
