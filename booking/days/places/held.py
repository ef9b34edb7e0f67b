"""What `places` holds about one person."""

from collections.abc import Sequence

from booking.days.places.models import Booking
from booking.foundation.holdings import Part


def parts() -> Sequence[Part]:
    """Return the places that a pupil has or had."""
    return (Part("Places", Booking),)
