"""The audit trail is sealed."""

from collections.abc import Sequence

from booking.foundation.audit import service
from booking.foundation.chores import Job, in_batches


def jobs() -> Sequence[Job]:
    """Return what the worker does."""
    return (Job("seal the audit trail", 10, in_batches(service.seal)),)
