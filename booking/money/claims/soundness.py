"""The doctor's check that claims and the ledger agree, which only reads."""

from collections.abc import Iterator, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from booking.domain import money
from booking.domain.claiming import CostClaimState
from booking.domain.ledger import accounts
from booking.foundation.chores import Check
from booking.foundation.db import db
from booking.money.claims.models import CostClaim, CostClaimApproval
from booking.money.fund.models import Entry, EntryLine


def checks() -> Sequence[Check]:
    """Return the doctor's checks."""
    return (
        Check("Claims of events' costs are paid once, and by others than claim them", problems),
    )


def problems() -> Iterator[str]:
    """Yield each fault: a payment without its entry, an approval of one's own claim."""
    reversal = aliased(Entry)
    spent = func.sum(EntryLine.pence)
    found = (
        select(CostClaim.public_id, CostClaim.pence, Entry.key, spent, reversal.id)
        .outerjoin(Entry, Entry.id == CostClaim.entry_id)
        .outerjoin(
            EntryLine,
            (EntryLine.entry_id == Entry.id) & (EntryLine.account == accounts.EVENT_COSTS),
        )
        .outerjoin(reversal, reversal.reverses_id == Entry.id)
        .where(CostClaim.state == CostClaimState.PAID)
        .group_by(CostClaim.id, CostClaim.public_id, CostClaim.pence, Entry.key, reversal.id)
        .order_by(CostClaim.id)
    )
    for public_id, pence, key, entered, undone in db.session.execute(found):
        if not f"{key}:".startswith(f"claim:{public_id}:") or entered != pence:
            yield f"claim {public_id} was paid {money.pounds(pence)}, but has no such entry"
        elif undone is not None:
            yield (
                f"claim {public_id} was paid {money.pounds(pence)}, but its entry was reversed: "
                "undo the payment on its page"
            )
    own = (
        select(CostClaim.public_id)
        .join(CostClaimApproval, CostClaimApproval.claim_id == CostClaim.id)
        .where(CostClaimApproval.person_id == CostClaim.claimant_id)
    )
    for public_id in db.session.scalars(own):
        yield f"claim {public_id} was approved by the person who made it"
