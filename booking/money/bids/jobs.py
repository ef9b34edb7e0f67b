"""What was promised and is not claimed lapses, after a warning."""

from collections.abc import Sequence

from booking.foundation.chores import Job, in_batches
from booking.money.bids import service


def jobs() -> Sequence[Job]:
    """Return what the worker does."""
    return (
        Job("warn of bids that will lapse", 60, in_batches(service.warn)),
        Job("let approved bids lapse", 60, in_batches(service.let_lapse)),
    )
