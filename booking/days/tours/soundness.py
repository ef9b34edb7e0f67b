"""Whether the stops of tours are what their events say."""

from collections.abc import Sequence

from booking.days.tours import service
from booking.foundation.chores import Check


def checks() -> Sequence[Check]:
    """Return the doctor's checks."""
    return (
        Check(
            "Every stop of a tour is at its event's school and time, and none meets another",
            service.problems,
        ),
    )
