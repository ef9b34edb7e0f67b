"""Mail that waits is sent."""

from collections.abc import Sequence

from booking.foundation.chores import Job
from booking.foundation.notifications import sending


def jobs() -> Sequence[Job]:
    """Return what the worker does."""
    return (Job("send mail", 1, sending.send_due, apart=True),)
