"""What `bids` holds about one person."""

from collections.abc import Sequence

from booking.foundation.holdings import Part, of_adult
from booking.money.bids.models import Bid


def parts() -> Sequence[Part]:
    """Return the bids that somebody made."""
    return (of_adult("Bids", Bid.applicant_id),)
