"""Link to the meetings."""

from collections.abc import Sequence

from booking.domain.permissions import Action
from booking.foundation.web.navigation import Door, Section


def section() -> Section:
    """Return the section of those who have no page about network life to find it on."""
    found_by = Action.SEE_NETWORK_LIFE
    return Section("Meetings", "meetings.listing", Action.SEE_MEETINGS, found_by)


def of_life() -> Sequence[Door]:
    """Return the link from the page about network life."""
    return (Door("Meetings", "meetings.listing", "when colleagues meet, and the minutes"),)
