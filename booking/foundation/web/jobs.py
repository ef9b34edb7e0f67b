"""Sessions that ended are forgotten."""

from collections.abc import Sequence

from booking.foundation.chores import Job, in_batches
from booking.foundation.web import sessions


def jobs() -> Sequence[Job]:
    """Return what the worker does."""
    return (Job("forget old sessions", 60, in_batches(sessions.purge)),)
