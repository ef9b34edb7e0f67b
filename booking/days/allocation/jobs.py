"""The job that publishes quotas when their time comes."""

from collections.abc import Sequence

from booking.days.allocation import service
from booking.foundation.chores import Job, in_batches


def jobs() -> Sequence[Job]:
    """Return the worker's jobs."""
    return (Job("publish quotas", 5, in_batches(service.publish_quotas)),)
