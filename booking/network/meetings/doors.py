"""The way to meetings."""

from booking.domain.permissions import Action
from booking.foundation.web.navigation import Section


def section() -> Section:
    """Return the section of the network's staff."""
    return Section("Meetings", "meetings.listing", Action.SEE_MEETINGS)
