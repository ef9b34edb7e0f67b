"""The audit trail is sealed."""

from collections.abc import Sequence

from booking.foundation.audit import service
from booking.foundation.chores import Job, Undone, in_batches


def jobs() -> Sequence[Job]:
    """Return what the worker does."""
    return (Job("seal the audit trail", 10, in_batches(service.seal)),)


def undone() -> Sequence[Undone]:
    """Return the oldest entry that waits for a seal."""
    since = service.oldest_unsealed()
    return (
        [] if since is None else [Undone("an entry of the audit trail waits for its seal", since)]
    )
