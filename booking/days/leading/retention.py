"""How long the names of pupils who led are kept."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from booking.days.events.models import Event
from booking.days.leading.models import Leading, PupilLeader
from booking.foundation.chores import RetentionRule, deleting

#: Long enough to write their certificates.
NAMES_KEPT = timedelta(days=60)


def rules() -> Sequence[RetentionRule]:
    """Return when the names are deleted; how many led, and who agreed, stays."""
    return (
        deleting(
            "pupils who led",
            "their names: 60 days after the event",
            PupilLeader,
            lambda now: [
                PupilLeader.leading_id.in_(
                    select(Leading.id)
                    .join(Event, Event.id == Leading.event_id)
                    .where(Event.last_ends_at <= now - NAMES_KEPT)
                )
            ],
        ),
    )
