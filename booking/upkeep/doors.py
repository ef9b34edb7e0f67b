"""Link to the page about the running site."""

from collections.abc import Sequence

from booking.foundation.web.navigation import Door


def of_network() -> Sequence[Door]:
    """Return the lead's link."""
    return (Door("The running site", "upkeep.running", "Is the worker alive, does mail go out?"),)
