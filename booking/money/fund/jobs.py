"""The job that seals the ledger."""

from collections.abc import Sequence

from booking.foundation.chores import Job, in_batches
from booking.money.fund import service


def jobs() -> Sequence[Job]:
    """Return the worker's jobs."""
    return (Job("seal the ledger", 10, in_batches(service.seal)),)
