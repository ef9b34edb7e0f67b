"""Links to groups."""

from collections.abc import Sequence

from booking.foundation.web.navigation import Door

_HINT = "Colleagues who meet about a subject, in pairs, or about a shared piece of work."


def of_school() -> Sequence[Door]:
    """Return a school's link to the groups."""
    return (Door("Groups", "colleague_groups.listing", _HINT),)


def of_network() -> Sequence[Door]:
    """Return the lead's link to the groups."""
    return (Door("Groups", "colleague_groups.listing", _HINT),)


def of_life() -> Sequence[Door]:
    """Return the link from the page about network life."""
    return (Door("Groups", "colleague_groups.listing", _HINT),)
