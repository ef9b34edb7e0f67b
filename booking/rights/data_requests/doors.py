"""The ways to the register, from the home pages of a school and of the network."""

from collections.abc import Sequence

from booking.foundation.web.navigation import Door

_TITLE = "Requests about what is held"


def of_school() -> Sequence[Door]:
    """Return the door for a school's coordinators."""
    hint = "Copies, corrections and erasure that somebody asked for, and by when."
    return (Door(_TITLE, "data_requests.listing", hint),)


def of_network() -> Sequence[Door]:
    """Return the door for the leads."""
    hint = "What adults asked the network itself, and by when it is answered."
    return (Door(_TITLE, "data_requests.network_listing", hint),)
