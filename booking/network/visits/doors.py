"""Links to visits."""

from collections.abc import Sequence

from booking.foundation.web.navigation import Door

_HINT = "See a lesson, a practice or a week at another school, or open one at yours."


def of_school() -> Sequence[Door]:
    """Return a school's link to visits."""
    return (Door("Visits", "visits.listing", _HINT),)


def of_network() -> Sequence[Door]:
    """Return the lead's link to visits."""
    return (Door("Visits", "visits.listing", _HINT),)


def of_life() -> Sequence[Door]:
    """Return the link from the page about network life."""
    return (Door("Visits", "visits.listing", _HINT),)
