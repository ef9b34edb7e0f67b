"""What `claims` holds about one person."""

from collections.abc import Sequence

from booking.foundation.holdings import Part, nobody
from booking.money.claims.models import CostClaim


def parts() -> Sequence[Part]:
    """Return the costs that somebody claimed, and who was to be paid."""
    return (
        Part(
            "Claims of costs",
            CostClaim,
            family=nobody,
            adult=lambda subject: CostClaim.claimant_id.in_(subject.people),
        ),
    )
