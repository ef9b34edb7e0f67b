"""What places announce of a booking."""

from datetime import datetime

from booking.days.places.models import Booking
from booking.domain.permissions import Actor
from booking.foundation.ports import Announcement


@Announcement
def invited(booking: Booking, *, actor: Actor, now: datetime) -> None:
    """Say that a pupil was named into a place and the parent is asked."""


@Announcement
def confirmed(booking: Booking, *, actor: Actor, now: datetime) -> None:
    """Say that a booking was confirmed."""


@Announcement
def ended(booking: Booking, *, actor: Actor, now: datetime) -> None:
    """Say that a booking ended: declined, lapsed, withdrawn or cancelled."""
