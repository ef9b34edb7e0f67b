"""How long receipts for bids are kept."""

from collections.abc import Sequence

from booking.domain.keeping import others
from booking.foundation.chores import RetentionRule, deleting
from booking.money.bids import queries
from booking.money.bids.models import BidReceipt


def rules() -> Sequence[RetentionRule]:
    """Return when receipts are deleted."""
    return (
        deleting(
            "receipts of bids",
            others.RECEIPTS,
            BidReceipt,
            lambda now: [
                queries.old_receipts(
                    others.RECEIPTS.first_kept(now), others.RECEIPTS.otherwise_over(now)
                )
            ],
        ),
    )
