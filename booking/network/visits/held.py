"""What `visits` holds about one person."""

from collections.abc import Sequence

from booking.foundation.holdings import Part, of_adult
from booking.network.visits.models import StaffVisit, VisitAsk


def parts() -> Sequence[Part]:
    """Return the visits that somebody opened, and what they asked about those of others."""
    return (
        of_adult("Visits opened", StaffVisit.opened_by_id),
        of_adult("Visits asked for", VisitAsk.visitor_id),
    )
