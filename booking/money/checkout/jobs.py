"""The jobs that settle open payments and pay refunds."""

from collections.abc import Sequence

from booking.foundation.chores import Job, once
from booking.money.checkout import service


def jobs() -> Sequence[Job]:
    """Return the worker's jobs."""
    return (
        Job("settle open payments", 2, once(service.settle_open)),
        Job("pay refunds", 2, once(service.execute_refunds)),
    )
