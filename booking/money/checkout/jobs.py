"""Open payments are settled, and money that is to go back is given back."""

from collections.abc import Sequence

from booking.foundation.chores import Job, once
from booking.money.checkout import service


def jobs() -> Sequence[Job]:
    """Return what the worker does."""
    return (
        Job("settle open payments", 2, once(service.settle_open)),
        Job("give money back", 2, once(service.execute_refunds)),
    )
