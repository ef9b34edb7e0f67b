"""How long lost property and reflections are kept."""

from collections.abc import Sequence

from sqlalchemy import select

from booking.days.events.models import Event
from booking.domain import terms
from booking.domain.keeping import others
from booking.foundation.chores import RetentionRule, deleting
from booking.on_the_day.closing.models import LostThing, Reflection


def rules() -> Sequence[RetentionRule]:
    """Return when they are deleted."""
    return (
        deleting(
            "lost property",
            others.LOST,
            LostThing,
            lambda now: [LostThing.kept_until < terms.london(others.LOST.over(now)).date()],
        ),
        deleting(
            "reflections of hosts",
            others.REFLECTIONS,
            Reflection,
            lambda now: [
                Reflection.event_id.in_(
                    select(Event.id).where(Event.last_ends_at <= others.REFLECTIONS.over(now))
                )
            ],
        ),
    )
