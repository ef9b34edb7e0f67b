"""The way to partners’ calendars."""

from collections.abc import Sequence

from booking.foundation.web.navigation import Door


def of_network() -> Sequence[Door]:
    """Lead the lead to the calendars of partners."""
    hint = "A neighbour’s, an exam board’s or the county’s dates, shown apart from ours."
    return (Door("Partners’ calendars", "partners.home", hint),)
