"""Links to the directory."""

from collections.abc import Sequence

from booking.foundation.web.navigation import Door

_HINT = "Who offers expertise to other schools, and how to ask for a link."


def of_life() -> Sequence[Door]:
    """Return the link from the page about network life."""
    return (Door("Who can help with what", "directory.listing", _HINT),)


def of_school() -> Sequence[Door]:
    """Return a school's link."""
    return (Door("Who can help with what", "directory.listing", _HINT),)


def of_network() -> Sequence[Door]:
    """Return the lead's link, to what needs the lead."""
    return (
        Door(
            "Who can help with what",
            "directory_lead.overview",
            "Who waits, what schools ask, the areas.",
        ),
    )
