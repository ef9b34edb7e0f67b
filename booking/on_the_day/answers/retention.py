"""How long it is kept who read what families answered."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, not_, select

from booking.days.events.models import Event
from booking.days.places import ports as place_ports
from booking.days.places.models import Booking
from booking.foundation.chores import RetentionRule, deleting
from booking.on_the_day.answers.models import ContactOpening, LateChange

KEPT = timedelta(days=14)


def rules() -> Sequence[RetentionRule]:
    """Return when it is forgotten; the audit trail keeps that it was opened, without a reason."""
    return (
        deleting(
            "late changes",
            "which answers a family changed late: 14 days after the event, unless an incident of "
            "the pupil is open",
            LateChange,
            lambda now: [LateChange.booking_id.in_(_ended(now - KEPT))],
        ),
        deleting(
            "whom to ring, opened",
            "why somebody opened it: 14 days after the event, unless an incident of the pupil is "
            "open",
            ContactOpening,
            lambda now: [ContactOpening.booking_id.in_(_ended(now - KEPT))],
        ),
    )


def _ended(by: datetime) -> Select[int]:
    """Select the bookings of events that had ended by then, and of which nothing is held."""
    return (
        select(Booking.id)
        .join(Event, Event.id == Booking.event_id)
        .where(Event.last_ends_at <= by, not_(place_ports.held()))
    )
