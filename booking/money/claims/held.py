"""What `claims` holds about one person."""

from collections.abc import Sequence

from booking.foundation.holdings import Part, of_adult
from booking.money.claims.models import CostClaim


def parts() -> Sequence[Part]:
    """Return the costs that somebody claimed, and who was to be paid."""
    return (of_adult("Claims of costs", CostClaim.claimant_id),)
