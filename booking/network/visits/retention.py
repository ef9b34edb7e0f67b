"""How long visits are kept, with what was asked and noted."""

from collections.abc import Sequence

from booking.domain.keeping import network_life
from booking.foundation.chores import RetentionRule, deleting
from booking.network.visits.models import StaffVisit


def rules() -> Sequence[RetentionRule]:
    """Return when a visit goes with its requests and notes."""
    return (
        deleting(
            "visits between schools",
            network_life.VISITS,
            StaffVisit,
            lambda now: [StaffVisit.ends_at <= network_life.VISITS.over(now)],
        ),
    )
