"""How long claims and their receipts are kept."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select

from booking.domain.keeping import others
from booking.foundation.chores import RetentionRule, deleting
from booking.foundation.files.models import AttachedFile
from booking.money.claims import queries, shelf
from booking.money.claims.models import CostClaim

WHY = "six years after the school year of the payment; 90 days after a claim that was not paid"


def rules() -> Sequence[RetentionRule]:
    """Return when receipts are deleted, and then the claims themselves."""
    return (
        deleting(
            "claims' receipts",
            others.CLAIMS,
            AttachedFile,
            lambda now: [
                AttachedFile.owner_kind == shelf.KIND,
                AttachedFile.owner_id.in_(select(CostClaim.public_id).where(_past(now))),
            ],
        ),
        deleting("claims of events' costs", others.CLAIMS, CostClaim, lambda now: [_past(now)]),
    )


def _past(now: datetime) -> ColumnElement[bool]:
    return queries.past_their_time(others.CLAIMS.first_kept(now), others.CLAIMS.otherwise_over(now))
