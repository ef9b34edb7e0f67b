"""Link to the meetings."""

from collections.abc import Sequence

from booking.domain.permissions import Action
from booking.foundation.web.navigation import Door, Section


def section() -> Section:
    """Return the section for the network's staff."""
    return Section("Meetings", "meetings.listing", Action.SEE_MEETINGS)


def of_life() -> Sequence[Door]:
    """Return the link from the page about network life."""
    return (Door("Meetings", "meetings.listing", "when colleagues meet, and the minutes"),)
