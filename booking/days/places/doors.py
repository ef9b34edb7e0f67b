"""Link to a school’s places."""

from booking.domain.permissions import Action
from booking.foundation.web.navigation import Section


def section() -> Section:
    """Return the section for coordinators."""
    return Section("My school", "school.home", Action.REQUEST_PLACES)
