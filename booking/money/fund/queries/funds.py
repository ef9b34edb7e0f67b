"""Which funds the network has, and their names."""

from sqlalchemy import case, select

from booking.domain import funds
from booking.domain import payee as domain_payee
from booking.domain.ledger import ALONE_UP_TO_PENCE, Fund
from booking.domain.ledger.rule_changes import RuleBook, RuleChangeState
from booking.domain.payee import Payee
from booking.foundation.db import THE_ROW, db
from booking.money.fund.models import FundRow, LedgerRules, RuleChange


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


def payee(by_settings: Payee) -> Payee:
    """Return whom money is paid to: as the settings say, unless two people confirmed another."""
    return domain_payee.in_force(by_settings, confirmed_account())


def confirmed_account() -> str:
    """Return the account that two people confirmed last, in words; "" if they never have.

    What they confirmed is its own record: nobody can write it without a second person.
    """
    confirmed = (
        select(RuleChange.wanted)
        .where(RuleChange.book == RuleBook.LEDGER, RuleChange.state == RuleChangeState.CONFIRMED)
        .order_by(RuleChange.decided_at.desc(), RuleChange.id.desc())
    )
    found = (wanted.get("account", "") for wanted in db.session.scalars(confirmed))
    return next(filter(None, found), "")


def alone_up_to_pence() -> int:
    """Return the largest entry that one person may reverse alone, in pence."""
    row = db.session.get(LedgerRules, THE_ROW)
    return ALONE_UP_TO_PENCE if row is None else row.alone_up_to_pence
