"""Mail that waits is sent, and what comes back is taken in."""

from collections.abc import Sequence

from booking.foundation.chores import Job, Lane
from booking.foundation.notifications import bounces, sending


def jobs() -> Sequence[Job]:
    """Return what the worker does."""
    return (
        Job("send mail", 1, sending.send_due, lane=Lane.APART),
        Job("read returned mail", 10, bounces.take_in, lane=Lane.APART),
    )
