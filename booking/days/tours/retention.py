"""How long the names of the pupils who led a tour are kept."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import exists, or_, select

from booking.days.tours.models import StopState, Tour, TourLeader, TourStop
from booking.domain.terms import london
from booking.foundation.chores import RetentionRule, deleting

LEADERS_KEPT = timedelta(days=90)


def rules() -> Sequence[RetentionRule]:
    """Return when leaders are deleted."""
    return (
        deleting(
            "leaders of tours",
            "90 days after the tour: their certificates have been printed by then",
            TourLeader,
            _past,
        ),
    )


def _past(now: datetime) -> list[Any]:
    before = now - LEADERS_KEPT
    later = exists().where(
        TourStop.tour_id == Tour.id,
        TourStop.state == StopState.ACCEPTED,
        TourStop.ends_at > before,
    )
    over = or_(Tour.ended_at <= before, Tour.last_on < london(before).date())
    return [TourLeader.tour_id.in_(select(Tour.id).where(over, ~later))]
