"""Link to network life."""

from booking.domain.permissions import Action
from booking.foundation.web.navigation import Section


def section() -> Section:
    """Return the section for everybody who sees what colleagues share."""
    return Section("Network life", "overview.home", Action.SEE_NETWORK_LIFE)
