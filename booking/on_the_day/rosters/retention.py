"""How long it is kept who accompanied a school's pupils."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from booking.days.events.models import Event
from booking.foundation.chores import RetentionRule, deleting
from booking.on_the_day.rosters.models import AccompanyingAdult

ADULTS_KEPT = timedelta(days=14)


def rules() -> Sequence[RetentionRule]:
    """Return when names, mobile numbers and addresses of these adults are deleted."""
    return (
        deleting(
            "accompanying adults",
            "14 days after the event",
            AccompanyingAdult,
            lambda now: [
                AccompanyingAdult.event_id.in_(
                    select(Event.id).where(Event.last_ends_at <= now - ADULTS_KEPT)
                )
            ],
        ),
    )
