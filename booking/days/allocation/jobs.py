"""Quotas are published at their time."""

from collections.abc import Sequence

from booking.days.allocation import service
from booking.foundation.chores import Job, in_batches


def jobs() -> Sequence[Job]:
    """Return what the worker does."""
    return (Job("publish quotas", 5, in_batches(service.publish_quotas)),)
