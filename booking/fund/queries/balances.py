"""What each account and fund holds, and the CPD fund month by month: added up by the database."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Integer, case, cast, extract, func, select

from booking.db import db
from booking.domain import ledger
from booking.domain.ledger import Fund, accounts
from booking.fund.models import Entry, Line

#: How many months the chart of the CPD fund shows.
MONTHS_SHOWN = 24


def balances() -> dict[tuple[str, Fund], int]:
    """Return what every account holds in each fund, in pence: one query."""
    found = select(Line.account, Line.fund, func.sum(Line.pence)).group_by(Line.account, Line.fund)
    return {(name, fund): int(pence) for name, fund, pence in db.session.execute(found)}


def _of_fund(fund: Fund) -> dict[tuple[str, Fund], int]:
    found = select(Line.account, func.sum(Line.pence)).where(Line.fund == fund)
    rows = db.session.execute(found.group_by(Line.account))
    return {(name, fund): int(pence) for name, pence in rows}


def fund_balance(fund: Fund) -> int:
    """Return what a fund is worth in pence: its money and what schools owe it."""
    return ledger.fund_balance(_of_fund(fund), fund)


def fund_money(fund: Fund) -> int:
    """Return what a fund can spend in pence: what schools still owe is left out."""
    return ledger.fund_money(_of_fund(fund), fund)


def held_by_fund(account: str) -> dict[Fund, int]:
    """Return what one account holds in each fund, in pence."""
    found = select(Line.fund, func.sum(Line.pence)).where(Line.account == account)
    held = dict.fromkeys(Fund, 0)
    for fund, pence in db.session.execute(found.group_by(Line.fund)):
        held[fund] = int(pence)
    return held


@dataclass(frozen=True)
class Month:
    """A month of the CPD fund: what came in, what went out, what it held at the end (pence)."""

    first_on: date
    in_pence: int
    out_pence: int
    balance_pence: int


def cpd_month_totals() -> dict[tuple[int, int], tuple[int, int]]:
    """Return what the CPD fund took in and paid out by (year, month), in pence: one query.

    Counted where money comes from or goes to, so that a payout or cash taken to the bank, which
    only moves it, counts as neither.
    """
    year = cast(extract("year", Entry.entered_on), Integer).label("year")
    month = cast(extract("month", Entry.entered_on), Integer).label("month")
    found = (
        select(
            year,
            month,
            func.sum(case((Line.pence < 0, -Line.pence), else_=0)),
            func.sum(case((Line.pence > 0, Line.pence), else_=0)),
        )
        .join(Entry, Entry.id == Line.entry_id)
        .where(Line.fund == Fund.CPD, ~Line.account.startswith(accounts.ASSETS))
        .group_by(year, month)
    )
    return {(y, m): (int(came), int(went)) for y, m, came, went in db.session.execute(found)}


def cpd_by_month(today: date) -> list[Month]:
    """Return the CPD fund month by month up to today, at most MONTHS_SHOWN; oldest first."""
    totals = cpd_month_totals()
    if not totals:
        return []
    months, held = [], 0
    (year, month), last = min(totals), max((today.year, today.month), *totals)
    while (year, month) <= last:
        came, went = totals.get((year, month), (0, 0))
        held += came - went
        months.append(Month(date(year, month, 1), came, went, held))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return months[-MONTHS_SHOWN:]
