"""The jobs that read the card processor's messages and compare its payouts with the books."""

from collections.abc import Sequence

from booking.foundation.chores import Job, once
from booking.money.clearing import service


def jobs() -> Sequence[Job]:
    """Return the worker's jobs."""
    return (
        Job("hear missed messages of the card processor", 10, once(service.hear_missed)),
        Job("compare payouts with the books", 60, once(service.reconcile_payouts)),
    )
