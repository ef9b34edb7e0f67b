"""The job that deletes what is no longer needed."""

from collections.abc import Sequence

from booking.foundation.chores import Job, once
from booking.upkeep import purging


def jobs() -> Sequence[Job]:
    """Return the worker's jobs."""
    return (Job("purge what is no longer needed", 60, once(purging.purge)),)
