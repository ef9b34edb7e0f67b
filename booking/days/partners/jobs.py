"""The job that reads partners' calendars."""

from collections.abc import Sequence

from booking.days.partners import sweep
from booking.foundation.chores import Job, once


def jobs() -> Sequence[Job]:
    """Return the worker's jobs."""
    return (Job("read partners' calendars", 5, once(sweep.read_due)),)
