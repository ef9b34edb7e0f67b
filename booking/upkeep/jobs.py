"""What is no longer needed goes."""

from collections.abc import Sequence

from booking.foundation.chores import Job, once
from booking.upkeep import purging


def jobs() -> Sequence[Job]:
    """Return what the worker does."""
    return (Job("purge what is no longer needed", 60, once(purging.purge)),)
