"""What questions announce about answers."""

from datetime import datetime

from booking.days.places.models import Booking
from booking.domain.permissions import Actor
from booking.foundation.ports import Announcement


@Announcement
def answered(booking: Booking, *, actor: Actor, now: datetime) -> None:
    """Announce that what a host asked was answered otherwise, once the place was confirmed."""
