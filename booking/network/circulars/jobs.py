"""What the worker does about circulars whose time has come."""

from collections.abc import Sequence

from booking.foundation.chores import Job, in_batches
from booking.network.circulars import service


def jobs() -> Sequence[Job]:
    """Return the worker's jobs: readers are found first, then their mail is queued."""
    return (
        Job("find the readers of circulars", 1, in_batches(service.address_due)),
        Job("send circulars", 1, in_batches(service.send_copies)),
        Job("send the one mail of the day", 15, in_batches(service.send_collected)),
    )
