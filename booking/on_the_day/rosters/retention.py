"""How long it is kept who accompanied a school's pupils, and who marked what."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, select

from booking.days.events.models import Event
from booking.days.places.models import Booking
from booking.foundation.chores import RetentionRule, deleting, emptying
from booking.on_the_day.rosters.models import AccompanyingAdult, RegisterMark, RegisterTap

ADULTS_KEPT = timedelta(days=14)
#: Longer than the register is open, so that no tap comes in after those before it have gone.
TAPS_KEPT = timedelta(days=14)


def rules() -> Sequence[RetentionRule]:
    """Return when the adults are deleted, with whom pupils left, and each press in the register.

    What the register came to stays; the audit trail keeps who marked it, without any name.
    """
    return (
        deleting(
            "presses in the register",
            "14 days after the event",
            RegisterTap,
            lambda now: [RegisterTap.booking_id.in_(_ended(now - TAPS_KEPT))],
        ),
        emptying(
            "with whom pupils left",
            "14 days after the event",
            RegisterMark,
            lambda now: [
                RegisterMark.left_with.is_not(None),
                RegisterMark.booking_id.in_(_ended(now - TAPS_KEPT)),
            ],
            lambda now: {"left_with": None},
        ),
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


def _ended(by: datetime) -> Select[int]:
    """Select the bookings of events that had ended by then."""
    return (
        select(Booking.id).join(Event, Event.id == Booking.event_id).where(Event.last_ends_at <= by)
    )
