"""How long the needs on the day are kept: health, diet, emergency details."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, not_, select

from booking.days.events.models import Event
from booking.days.places import ports as place_ports
from booking.days.places.models import Booking
from booking.domain import readers
from booking.foundation.chores import RetentionRule, deleting, emptying
from booking.money.checkout.models import ConsentQuestion, FamilyQuestion, Needs, Objection

NEEDS_KEPT, OBJECTIONS_KEPT = timedelta(days=readers.KEPT_DAYS), timedelta(days=30)


def rules() -> Sequence[RetentionRule]:
    """Return when parents' answers are deleted."""
    return (
        emptying(
            "needs of the day",
            "health, diet and emergency details: 14 days after the event, unless an incident of "
            "the pupil is open",
            Needs,
            _over,
            _nothing,
        ),
        deleting(
            "consent asked again",
            "14 days after the event",
            ConsentQuestion,
            lambda now: [ConsentQuestion.booking_id.in_(_ended(now - NEEDS_KEPT))],
        ),
        deleting(
            "objections of parents",
            "30 days after the event",
            Objection,
            lambda now: [Objection.booking_id.in_(_ended(now - OBJECTIONS_KEPT))],
        ),
        deleting(
            "questions of families",
            "30 days after the event",
            FamilyQuestion,
            lambda now: [FamilyQuestion.booking_id.in_(_ended(now - OBJECTIONS_KEPT))],
        ),
    )


def _over(now: datetime) -> list[Any]:
    over = _ended(now - NEEDS_KEPT).where(not_(place_ports.held()))
    return [Needs.purged_at.is_(None), Needs.booking_id.in_(over)]


def _ended(by: datetime) -> Select[int]:
    """Select the bookings of events that had ended by then."""
    return (
        select(Booking.id).join(Event, Event.id == Booking.event_id).where(Event.last_ends_at <= by)
    )


def _nothing(now: datetime) -> dict[str, Any]:
    return {
        "health": None,
        "access": None,
        "diets": [],
        "diet_note": None,
        "collected_by": None,
        "emergency_name": None,
        "emergency_phone": None,
        "purged_at": now,
    }
