"""The way to the audit trail."""

from collections.abc import Sequence

from booking.foundation.web.navigation import Door


def of_network() -> Sequence[Door]:
    """Lead the lead to the trail."""
    return (Door("Audit trail", "audit.trail", "Who did what, and when."),)
