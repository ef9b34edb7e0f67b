"""What the worker does about the weekly digest."""

from collections.abc import Sequence
from datetime import datetime

from flask import current_app

from booking.foundation.chores import Job, in_batches
from booking.network.digest import service


def jobs() -> Sequence[Job]:
    """Return the worker's jobs: whoever is new is counted in first, and waits for a Monday."""
    return (
        Job("count in for weekly digests", 60, in_batches(service.begin)),
        Job("send weekly digests", 10, in_batches(_send)),
    )


def _send(*, now: datetime) -> int:
    """Send some, where features can say the addresses of their pages."""
    with current_app.test_request_context():
        return service.send(now=now)
