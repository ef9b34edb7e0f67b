"""How long the needs on the day are kept: health, diet, emergency details."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from booking.days.events.models import Event
from booking.days.places.models import Booking
from booking.foundation.chores import RetentionRule, emptying
from booking.money.checkout.models import Needs

NEEDS_KEPT = timedelta(days=14)


def rules() -> Sequence[RetentionRule]:
    """Return when parents' answers are deleted."""
    return (
        emptying(
            "needs of the day",
            "health, diet and emergency details: 14 days after the event",
            Needs,
            _over,
            _nothing,
        ),
    )


def _over(now: datetime) -> list[Any]:
    ended = (
        select(Booking.id)
        .join(Event, Event.id == Booking.event_id)
        .where(Event.last_ends_at <= now - NEEDS_KEPT)
    )
    return [Needs.purged_at.is_(None), Needs.booking_id.in_(ended)]


def _nothing(now: datetime) -> dict[str, Any]:
    return {
        "health": None,
        "access": None,
        "diets": [],
        "collected_by": None,
        "emergency_name": None,
        "emergency_phone": None,
        "purged_at": now,
    }
