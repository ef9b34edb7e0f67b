"""How long the names of the pupils who led a tour are kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import exists, or_, select

from booking.days.tours.models import StopState, Tour, TourLeader, TourStop
from booking.domain.keeping import families, others
from booking.domain.terms import london
from booking.foundation.chores import RetentionRule, deleting, emptying


def rules() -> Sequence[RetentionRule]:
    """Return when leaders are deleted."""
    return (
        emptying(
            "teachers who led tours",
            others.LEADING,
            Tour,
            lambda now: [
                Tour.teacher != "",
                Tour.last_on <= london(others.LEADING.over(now)).date(),
            ],
            lambda _now: {"teacher": ""},
        ),
        deleting(
            "leaders of tours",
            families.TOUR_LEADERS,
            TourLeader,
            _past,
        ),
    )


def _past(now: datetime) -> list[Any]:
    before = families.TOUR_LEADERS.over(now)
    later = exists().where(
        TourStop.tour_id == Tour.id,
        TourStop.state == StopState.ACCEPTED,
        TourStop.ends_at > before,
    )
    over = or_(Tour.ended_at <= before, Tour.last_on < london(before).date())
    return [TourLeader.tour_id.in_(select(Tour.id).where(over, ~later))]
