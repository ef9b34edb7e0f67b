"""Whether no bus has promised more seats than it has."""

from collections.abc import Sequence

from booking.foundation.chores import Check
from booking.on_the_day.travel import service


def checks() -> Sequence[Check]:
    """Return the doctor's checks."""
    return (Check("No bus has promised more seats than it has", service.problems),)
