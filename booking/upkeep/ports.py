"""What upkeep asks of those above it."""

from collections.abc import Sequence
from datetime import datetime

from booking.foundation.ports import Port, Socket
from booking.upkeep.details import Sign


@Port
def signs(now: datetime) -> Sequence[Sign] | None:
    """Return what else shows how the site runs."""


@Socket
def jobs_in_queue() -> int | None:
    """Return how many jobs wait in the queue; None if it does not answer."""
    return None
