"""The jobs that seal the ledger, and end proposals that nobody decided on."""

from collections.abc import Sequence

from booking.foundation.chores import Job, Undone, in_batches
from booking.money.fund import service


def jobs() -> Sequence[Job]:
    """Return the worker's jobs."""
    return (
        Job("seal the ledger", 10, in_batches(service.seal)),
        Job("end proposed payments", 60, in_batches(service.lapse_spending)),
    )


def undone() -> Sequence[Undone]:
    """Return the oldest entry that waits for a seal."""
    since = service.oldest_unsealed()
    return [] if since is None else [Undone("an entry of the ledger waits for its seal", since)]
