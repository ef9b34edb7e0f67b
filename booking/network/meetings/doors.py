"""Link to the meetings."""

from booking.domain.permissions import Action
from booking.foundation.web.navigation import Section


def section() -> Section:
    """Return the section for the network's staff."""
    return Section("Meetings", "meetings.listing", Action.SEE_MEETINGS)
