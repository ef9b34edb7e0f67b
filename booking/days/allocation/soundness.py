"""Whether every round is what its published record says."""

from collections.abc import Sequence

from booking.days.allocation import service
from booking.foundation.chores import Check


def checks() -> Sequence[Check]:
    """Return the doctor's checks."""
    promise = "Every round can be recomputed from its published record"
    return (Check(promise, service.problems, proved_apart=True),)
