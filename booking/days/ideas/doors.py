"""Links to the ideas for events, from a school's and from the network's own pages."""

from collections.abc import Sequence

from booking.foundation.web.navigation import Door

_HINT = "What other schools could host or would like; propose one of yours."


def of_school() -> Sequence[Door]:
    """Return a school's link to the ideas."""
    return (Door("Ideas for events", "ideas.listing", _HINT),)


def of_network() -> Sequence[Door]:
    """Return the lead's link to the ideas."""
    return (Door("Ideas for events", "ideas.listing", "What schools propose, and who seconds it."),)
