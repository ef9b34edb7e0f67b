"""The link to the network's own words."""

from collections.abc import Sequence

from booking.foundation.web.navigation import Door


def of_network() -> Sequence[Door]:
    """Return the link for the lead's home page."""
    hint = "Name, logo, colour, contact; welcome, about, privacy and other texts."
    return (Door("The network’s own words", "texts.listing", hint),)
