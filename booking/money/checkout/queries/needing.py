"""Who has something to look after on the day, for features that must not read what it is."""

from sqlalchemy import select

from booking.days.places.models import Booking
from booking.foundation.db import db
from booking.money.checkout.models import Needs


def with_needs(event_id: int) -> frozenset[int]:
    """Return the bookings whose family told of health, food or access; what it is, is not read."""
    rows = db.session.execute(
        select(Needs.booking_id, Needs.diets, Needs.health.is_not(None) | Needs.access.is_not(None))
        .join(Booking, Booking.id == Needs.booking_id)
        .where(
            Booking.event_id == event_id,
            Needs.sent_at.is_not(None),
            Needs.purged_at.is_(None),
            Needs.answered_at >= Booking.invited_at,
        )
    )
    return frozenset(booking_id for booking_id, diets, told in rows if diets or told)
