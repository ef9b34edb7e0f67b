"""What checkout announces about a family's answers."""

from collections.abc import Set
from datetime import datetime

from booking.days.places.models import Booking
from booking.domain.needs import ToldPart
from booking.domain.permissions import Actor
from booking.foundation.ports import Announcement


@Announcement
def answers_changed(booking: Booking, *, parts: Set[ToldPart], actor: Actor, now: datetime) -> None:
    """Announce that what was told changed after the place was confirmed; the caller holds it."""
