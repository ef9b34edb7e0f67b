"""Link to partners’ calendars."""

from collections.abc import Sequence

from booking.foundation.web.navigation import Door


def of_network() -> Sequence[Door]:
    """Return the lead's link to partners' calendars."""
    hint = "Dates from neighbours, an exam board or the county, shown separately from ours."
    return (Door("Partners’ calendars", "partners.home", hint),)
