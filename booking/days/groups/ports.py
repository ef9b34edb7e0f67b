"""What groups ask of features above them."""

from collections.abc import Collection

from booking.foundation.ports import Socket


@Socket
def with_needs(event_id: int) -> Collection[int]:
    """Return the bookings whose family told something to look after on the day, not what."""
    return frozenset()
