"""The job that seals the ledger."""

from collections.abc import Sequence

from booking.foundation.chores import Job, Undone, in_batches
from booking.money.fund import service


def jobs() -> Sequence[Job]:
    """Return the worker's jobs."""
    return (Job("seal the ledger", 10, in_batches(service.seal)),)


def undone() -> Sequence[Undone]:
    """Return the oldest entry that waits for a seal."""
    since = service.oldest_unsealed()
    return [] if since is None else [Undone("an entry of the ledger waits for its seal", since)]
