"""What the worker does for the directory when time passes."""

from collections.abc import Sequence

from booking.foundation.chores import Job, in_batches
from booking.network.directory import service


def jobs() -> Sequence[Job]:
    """Return the worker's jobs: whoever has left goes first, so that nobody is asked for them."""
    return (
        Job("withdraw offers of those who left", 60, in_batches(service.withdraw_of_leavers)),
        Job("let offers of expertise lapse", 60, in_batches(service.lapse)),
        Job("ask heads again", 60, in_batches(service.renew)),
        Job("remind heads", 60, in_batches(service.remind)),
        Job("ask what came of links", 60, in_batches(service.ask_outcomes)),
    )
