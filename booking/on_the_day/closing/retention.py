"""How long lost property and reflections are kept."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from booking.days.events.models import Event
from booking.domain import terms
from booking.foundation.chores import RetentionRule, deleting
from booking.on_the_day.closing.models import LostThing, Reflection

THINGS_KEPT = timedelta(days=30)
#: Three years: long enough for whoever holds the event again, and once more.
REFLECTIONS_KEPT = timedelta(days=3 * 365)


def rules() -> Sequence[RetentionRule]:
    """Return when they are deleted."""
    return (
        deleting(
            "lost property",
            "30 days after the last day on which it is kept",
            LostThing,
            lambda now: [LostThing.kept_until < terms.london(now).date() - THINGS_KEPT],
        ),
        deleting(
            "reflections of hosts",
            "three years after the event",
            Reflection,
            lambda now: [
                Reflection.event_id.in_(
                    select(Event.id).where(Event.last_ends_at <= now - REFLECTIONS_KEPT)
                )
            ],
        ),
    )
