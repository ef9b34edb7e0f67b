"""Link to the audit trail."""

from collections.abc import Sequence

from booking.foundation.web.navigation import Door


def of_network() -> Sequence[Door]:
    """Return the lead's link to the trail."""
    return (Door("Audit trail", "audit.trail", "Who did what, and when."),)
