"""How long it is kept what pupils wished for."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from booking.days.events.models import Event
from booking.days.groups.models import Workshop, WorkshopChoice, WorkshopWish
from booking.domain.keeping import families
from booking.foundation.chores import RetentionRule, deleting, emptying


def rules() -> Sequence[RetentionRule]:
    """Return when wishes go; which workshop a pupil was at stays with the named booking."""
    return (
        deleting(
            "wishes for workshops",
            families.WORKSHOPS,
            WorkshopWish,
            lambda now: [
                WorkshopWish.workshop_id.in_(
                    select(Workshop.id).where(Workshop.event_id.in_(_over(now)))
                )
            ],
        ),
        emptying(
            "records of workshops shared out",
            families.WORKSHOPS,
            WorkshopChoice,
            lambda now: [
                WorkshopChoice.event_id.in_(_over(now)),
                WorkshopChoice.record.is_not(None),
            ],
            lambda now: {"record": None},
        ),
    )


def _over(now: datetime) -> Any:
    return select(Event.id).where(Event.last_ends_at <= families.WORKSHOPS.over(now))
