"""What places hold about one person."""

from collections.abc import Sequence

from booking.days.places.models import Booking
from booking.foundation.holdings import Part, kept


def parts() -> Sequence[Part]:
    """Return the places that a pupil has or had."""
    stays = "which event, which place and how it ended: schools are counted by it"
    return (Part("Places", Booking, kept(stays)),)
