"""Lock the funds, and say whether one of them can pay."""

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from booking.db import db
from booking.domain import ledger, money
from booking.domain.ledger import Fund, accounts
from booking.fund import queries
from booking.fund.models import FundRow


class NotEnoughMoney(ValueError):
    """A fund or the cash box holds less than is to be spent; the message says how much."""


def lock() -> None:
    """Let only one transaction at a time decide on what the funds hold.

    PostgreSQL: the rows of `funds` are locked, in order of their names, until the transaction ends.
    SQLite: the transaction is the only writer from its first statement on.
    """
    insert = sqlite.insert if db.session.get_bind().dialect.name == "sqlite" else postgresql.insert
    rows = [{"name": fund} for fund in sorted(Fund)]
    db.session.execute(insert(FundRow).on_conflict_do_nothing(), rows)
    db.session.scalars(select(FundRow).order_by(FundRow.name).with_for_update()).all()


def refuse_overspending(*, pence: int, fund: Fund, account: str) -> None:
    """Raise NotEnoughMoney unless the fund and the cash box can pay; call `lock` first.

    Only the CPD fund is never below zero: the costs of an event come before its contributions.
    """
    if fund is Fund.CPD:
        held = queries.fund_money(fund)
        if not ledger.cpd_may_spend(held, 0, pence):
            raise NotEnoughMoney(
                f"The CPD fund holds {money.pounds(held)}. It cannot pay {money.pounds(pence)}."
            )
    if account == accounts.CASH:
        cash = sum(queries.held_by_fund(accounts.CASH).values())
        if pence > cash:
            raise NotEnoughMoney(f"Only {money.pounds(cash)} is in the cash box.")
