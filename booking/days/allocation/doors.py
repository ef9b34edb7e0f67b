"""Link to what each school received this school year."""

from collections.abc import Sequence

from booking.foundation.web.navigation import Door


def of_network() -> Sequence[Door]:
    """Return the lead's link to the season."""
    hint = "What each school received this school year, and who is owed most."
    return (Door("The season so far", "allocation.season_page", hint),)
