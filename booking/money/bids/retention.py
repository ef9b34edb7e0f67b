"""How long receipts for bids are kept."""

from collections.abc import Sequence
from datetime import timedelta

from booking.domain import ledger, terms
from booking.foundation.chores import RetentionRule, deleting
from booking.money.bids import queries
from booking.money.bids.models import BidReceipt

UNPAID_RECEIPTS_KEPT = timedelta(days=90)


def rules() -> Sequence[RetentionRule]:
    """Return when receipts are deleted."""
    return (
        deleting(
            "receipts of bids",
            "six years after the school year of the payment; 90 days after a bid that was not paid",
            BidReceipt,
            lambda now: [
                queries.old_receipts(
                    ledger.kept_from(terms.london(now).date()), now - UNPAID_RECEIPTS_KEPT
                )
            ],
        ),
    )
