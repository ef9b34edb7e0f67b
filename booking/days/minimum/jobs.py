"""What happens when the day for deciding on an event comes near."""

from collections.abc import Sequence

from booking.days.minimum import service
from booking.foundation.chores import Job, in_batches


def jobs() -> Sequence[Job]:
    """Return the worker's job."""
    return (Job("warn hosts of too few pupils", 60, in_batches(service.warn_hosts)),)
