"""The doctor's checks that bids, promises and the ledger agree, which only read."""

from collections.abc import Iterator, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from booking.domain import bidding, money
from booking.domain.bidding import BidState
from booking.domain.ledger import accounts
from booking.foundation.chores import Check
from booking.foundation.db import db
from booking.money.bids import queries
from booking.money.bids.models import Bid, BidApproval, BidPromise
from booking.money.fund.models import Entry, EntryLine

#: The accounts where bids' payments are posted.
EXPENSES = (accounts.COURSE_SUBSIDIES, accounts.SPEAKERS)


def checks() -> Sequence[Check]:
    """Return the doctor's checks."""
    return (Check("CPD money is only promised to approved bids, and is there", problems),)


def problems() -> Iterator[str]:
    """Yield each fault: a wrong promise, a payment without an entry, more promised than held."""
    yield from _wrong_promises()
    yield from _once_below_zero()
    yield from _without_entry()
    yield from _approved_by_applicant()
    found = queries.cpd_money()
    if found.promised_pence and found.available_pence < 0:
        yield (
            f"the CPD fund has promised {money.pounds(found.promised_pence)} but holds "
            f"{money.pounds(found.held_pence)}: cancel a promise, or find money"
        )


def _wrong_promises() -> Iterator[str]:
    """Yield bids whose promise does not match their state."""
    promised = func.coalesce(func.sum(BidPromise.pence), 0)
    found = (
        select(Bid.public_id, Bid.state, Bid.approved_pence, Bid.claimed_pence, promised)
        .outerjoin(BidPromise, BidPromise.bid_id == Bid.id)
        .group_by(Bid.id, Bid.public_id, Bid.state, Bid.approved_pence, Bid.claimed_pence)
        .order_by(Bid.id)
    )
    for public_id, state, approved, claimed, pence in db.session.execute(found):
        if pence != bidding.promise_of(state, approved or 0, claimed):
            yield f"bid {public_id} is {state} and has {money.pounds(int(pence))} promised"


def _once_below_zero() -> Iterator[str]:
    """Yield bids that at some time released more than was promised."""
    so_far = func.sum(BidPromise.pence).over(partition_by=BidPromise.bid_id, order_by=BidPromise.id)
    sums = select(BidPromise.bid_id, so_far.label("pence")).subquery()
    found = select(Bid.public_id).where(Bid.id.in_(select(sums.c.bid_id).where(sums.c.pence < 0)))
    for public_id in db.session.scalars(found):
        yield f"bid {public_id} released more than was promised"


def _without_entry() -> Iterator[str]:
    """Yield paid bids whose entry belongs to another bid, has another amount, or was reversed."""
    reversal = aliased(Entry)
    spent = func.sum(EntryLine.pence)
    found = (
        select(Bid.public_id, Bid.claimed_pence, Entry.key, spent, reversal.id)
        .outerjoin(Entry, Entry.id == Bid.entry_id)
        .outerjoin(EntryLine, (EntryLine.entry_id == Entry.id) & EntryLine.account.in_(EXPENSES))
        .outerjoin(reversal, reversal.reverses_id == Entry.id)
        .where(Bid.state == BidState.SPENT)
        .group_by(Bid.id, Bid.public_id, Bid.claimed_pence, Entry.key, reversal.id)
        .order_by(Bid.id)
    )
    for public_id, claimed, key, pence, undone in db.session.execute(found):
        is_own = f"{key}:".startswith(f"bid:{public_id}:")
        if not is_own or pence != claimed:
            yield f"bid {public_id} was paid {money.pounds(claimed or 0)}, but has no such entry"
        elif undone is not None:
            yield (
                f"bid {public_id} was paid {money.pounds(claimed or 0)}, but its entry was "
                "reversed: undo the payment on its page"
            )


def _approved_by_applicant() -> Iterator[str]:
    found = (
        select(Bid.public_id)
        .join(BidApproval, BidApproval.bid_id == Bid.id)
        .where(BidApproval.person_id == Bid.applicant_id)
    )
    for public_id in db.session.scalars(found):
        yield f"bid {public_id} was approved by the person who made it"
