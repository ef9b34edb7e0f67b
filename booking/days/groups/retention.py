"""How long it is kept what pupils wished for."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from booking.days.events.models import Event
from booking.days.groups.models import Workshop, WorkshopChoice, WorkshopWish
from booking.foundation.chores import RetentionRule, deleting, emptying

WISHES_KEPT = timedelta(days=14)


def rules() -> Sequence[RetentionRule]:
    """Return when wishes go; which workshop a pupil was at stays with the named booking."""
    return (
        deleting(
            "wishes for workshops",
            "14 days after the event",
            WorkshopWish,
            lambda now: [
                WorkshopWish.workshop_id.in_(
                    select(Workshop.id).where(Workshop.event_id.in_(_over(now)))
                )
            ],
        ),
        emptying(
            "records of workshops shared out",
            "with the wishes in them; the digest stays",
            WorkshopChoice,
            lambda now: [
                WorkshopChoice.event_id.in_(_over(now)),
                WorkshopChoice.record.is_not(None),
            ],
            lambda now: {"record": None},
        ),
    )


def _over(now: datetime) -> Any:
    return select(Event.id).where(Event.last_ends_at <= now - WISHES_KEPT)
