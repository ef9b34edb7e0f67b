"""What bids hold about one person."""

from collections.abc import Sequence

from booking.foundation.holdings import Part, kept, nobody
from booking.money.bids.models import Bid


def parts() -> Sequence[Part]:
    """Return the bids that somebody made."""
    return (
        Part(
            "Bids",
            Bid,
            kept("accounts are kept for six years"),
            family=nobody,
            adult=lambda subject: Bid.applicant_id.in_(subject.people),
        ),
    )
