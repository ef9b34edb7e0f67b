"""Lock a bid, after the funds: what is promised cannot change between a check and the change."""

from sqlalchemy import select

from booking.foundation.db import THE_ROW, db
from booking.money.bids.models import Bid, BidRules
from booking.money.fund import locks as fund_locks


def bid(bid_id: int) -> Bid:
    """Return a bid as it is now, locked until the transaction ends."""
    fund_locks.funds()
    statement = select(Bid).where(Bid.id == bid_id).with_for_update()
    found = db.session.scalars(statement.execution_options(populate_existing=True)).one()
    db.session.expire(found, ["approvals"])
    return found


def rules() -> BidRules | None:
    """Return the network's rules for bids, locked; None if nobody has set them."""
    return db.session.get(BidRules, THE_ROW, with_for_update=True)
