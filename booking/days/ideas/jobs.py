"""What happens to ideas when time passes."""

from collections.abc import Sequence

from booking.days.ideas import service
from booking.foundation.chores import Job, in_batches


def jobs() -> Sequence[Job]:
    """Return the worker's jobs."""
    return (
        Job("tell whose ideas were seconded", 60, in_batches(service.tell_of_seconds)),
        Job("close silent ideas", 60, in_batches(service.look_after_silent)),
    )
