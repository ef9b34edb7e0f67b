"""What `bids` holds about one person."""

from collections.abc import Sequence

from booking.foundation.holdings import Part, nobody
from booking.money.bids.models import Bid


def parts() -> Sequence[Part]:
    """Return the bids that somebody made."""
    return (
        Part(
            "Bids",
            Bid,
            family=nobody,
            adult=lambda subject: Bid.applicant_id.in_(subject.people),
        ),
    )
