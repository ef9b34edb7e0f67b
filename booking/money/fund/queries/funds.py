"""Which funds the network has, and their names."""

from sqlalchemy import case, select

from booking.domain import funds
from booking.domain.ledger import ALONE_UP_TO_PENCE, Fund
from booking.foundation.db import THE_ROW, db
from booking.money.fund.models import FundRow, LedgerRules


def all_funds() -> list[FundRow]:
    """Return all funds, in one query: built-in ones in their order, then the others by name."""
    order = {fund.value: number for number, fund in enumerate(Fund)}
    built_in_first = case(order, value=FundRow.name, else_=len(order))
    return list(db.session.scalars(select(FundRow).order_by(built_in_first, FundRow.title)))


def open_funds() -> list[FundRow]:
    """Return the funds that can still receive money."""
    return [row for row in all_funds() if row.closed_at is None]


def fund_named(slug: str) -> FundRow | None:
    """Return a fund by its slug."""
    try:
        return db.session.get(FundRow, Fund(slug))
    except ValueError:
        return None


def fund_title(fund: Fund) -> str:
    """Return a fund's name, asking the database only if it is not built in."""
    if funds.is_built_in(fund):
        return funds.NAMES[fund]
    row = db.session.get(FundRow, fund)
    return row.title if row else fund.value


def alone_up_to_pence() -> int:
    """Return the largest entry that one person may reverse alone, in pence."""
    row = db.session.get(LedgerRules, THE_ROW)
    return ALONE_UP_TO_PENCE if row is None else row.alone_up_to_pence
