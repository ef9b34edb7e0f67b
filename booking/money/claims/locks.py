"""Lock a claim, after the funds: it is paid once, whoever presses."""

from sqlalchemy import select

from booking.foundation.db import db
from booking.money.claims.models import CostClaim
from booking.money.fund import locks as fund_locks


def claim(claim_id: int) -> CostClaim:
    """Return a claim as it is now, locked until the transaction ends."""
    fund_locks.funds()
    statement = select(CostClaim).where(CostClaim.id == claim_id).with_for_update()
    found = db.session.scalars(statement.execution_options(populate_existing=True)).one()
    db.session.expire(found, ["approvals"])
    return found
