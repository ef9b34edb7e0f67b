"""What places announce about a booking."""

from datetime import datetime

from booking.days.places.models import Booking
from booking.domain.permissions import Actor
from booking.foundation.ports import Announcement


@Announcement
def invited(booking: Booking, *, actor: Actor, now: datetime) -> None:
    """Announce that a pupil was given a place and the parent is being asked."""


@Announcement
def confirmed(booking: Booking, *, actor: Actor, now: datetime) -> None:
    """Announce that a booking was confirmed."""


@Announcement
def ended(booking: Booking, *, actor: Actor, now: datetime) -> None:
    """Announce that a booking ended: declined, lapsed, withdrawn or cancelled."""
