"""Whether every accepted season plan is what its record says."""

from collections.abc import Sequence

from booking.days.seasons import service
from booking.foundation.chores import Check


def checks() -> Sequence[Check]:
    """Return the doctor's checks."""
    return (
        Check(
            "Every accepted season plan agrees with its record and its places",
            service.problems,
            proved_apart=True,
        ),
    )
