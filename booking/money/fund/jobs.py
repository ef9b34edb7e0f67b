"""The ledger is sealed."""

from collections.abc import Sequence

from booking.foundation.chores import Job, in_batches
from booking.money.fund import service


def jobs() -> Sequence[Job]:
    """Return what the worker does."""
    return (Job("seal the ledger", 10, in_batches(service.seal)),)
