"""How long the names of pupils who led are kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select

from booking.days.events.models import Event
from booking.days.leading.models import Leading, PupilLeader
from booking.domain.keeping import families, others
from booking.foundation.chores import RetentionRule, deleting, emptying


def rules() -> Sequence[RetentionRule]:
    """Return when the names are deleted; how many led, and who agreed, stays."""
    return (
        emptying(
            "teachers and providers who led",
            others.LEADING,
            Leading,
            _led_long_ago,
            lambda _now: {"teacher": "", "organisation": "", "contact": ""},
        ),
        deleting(
            "pupils who led",
            families.LEADERS,
            PupilLeader,
            lambda now: [
                PupilLeader.leading_id.in_(
                    select(Leading.id)
                    .join(Event, Event.id == Leading.event_id)
                    .where(Event.last_ends_at <= families.LEADERS.over(now))
                )
            ],
        ),
    )


def _led_long_ago(now: datetime) -> list[Any]:
    over = select(Event.id).where(
        func.coalesce(Event.last_ends_at, Event.modified_at) <= others.LEADING.over(now)
    )
    named = or_(Leading.teacher != "", Leading.organisation != "", Leading.contact != "")
    return [Leading.event_id.in_(over), named]
