"""Schools are reminded of wishes."""

from collections.abc import Sequence

from booking.days.seasons import service
from booking.foundation.chores import Job, in_batches


def jobs() -> Sequence[Job]:
    """Return what the worker does."""
    return (Job("remind schools of wishes", 60, in_batches(service.remind_of_wishes)),)
