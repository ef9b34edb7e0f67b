"""How long claims and their receipts are kept."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select

from booking.domain import ledger, terms
from booking.foundation.chores import RetentionRule, deleting
from booking.foundation.files.models import AttachedFile
from booking.money.claims import queries, shelf
from booking.money.claims.models import CostClaim

UNPAID_KEPT = timedelta(days=90)
WHY = "six years after the school year of the payment; 90 days after a claim that was not paid"


def rules() -> Sequence[RetentionRule]:
    """Return when receipts are deleted, and then the claims themselves."""
    return (
        deleting(
            "claims' receipts",
            WHY,
            AttachedFile,
            lambda now: [
                AttachedFile.owner_kind == shelf.KIND,
                AttachedFile.owner_id.in_(select(CostClaim.public_id).where(_past(now))),
            ],
        ),
        deleting("claims of events' costs", WHY, CostClaim, lambda now: [_past(now)]),
    )


def _past(now: datetime) -> ColumnElement[bool]:
    return queries.past_their_time(ledger.kept_from(terms.london(now).date()), now - UNPAID_KEPT)
