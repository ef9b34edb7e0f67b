"""The jobs that warn about unclaimed promises and let them lapse."""

from collections.abc import Sequence

from booking.foundation.chores import Job, in_batches
from booking.money.bids import service


def jobs() -> Sequence[Job]:
    """Return the worker's jobs."""
    return (
        Job("warn about bids that will lapse", 60, in_batches(service.warn)),
        Job("let approved bids lapse", 60, in_batches(service.let_lapse)),
    )
