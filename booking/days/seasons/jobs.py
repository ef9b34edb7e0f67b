"""The job that reminds schools about wishes."""

from collections.abc import Sequence

from booking.days.seasons import service
from booking.foundation.chores import Job, in_batches


def jobs() -> Sequence[Job]:
    """Return the worker's jobs."""
    return (Job("remind schools of wishes", 60, in_batches(service.remind_of_wishes)),)
