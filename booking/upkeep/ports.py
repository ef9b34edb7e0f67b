"""What upkeep asks of those above it."""

from booking.foundation.ports import Socket


@Socket
def jobs_in_queue() -> int | None:
    """Return how many jobs wait in the queue; None if it does not answer."""
    return None
