"""What each account and fund holds, and the CPD fund month by month, added up by the database.

Sealed entries are already added up, by account, fund and day (`ledger_totals`); only those waiting
for a seal are read line by line. So a balance costs the same after a million lines.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Subquery,
    case,
    cast,
    extract,
    func,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute

from booking.domain import ledger
from booking.domain.ledger import Fund, accounts
from booking.foundation.db import db
from booking.money.fund.models import DayTotal, Entry, EntryLine, LedgerSeal
from booking.money.fund.queries.entries import NAMED

#: How many months the chart of the CPD fund shows.
MONTHS_SHOWN = 24


def movements(
    *,
    fund: Fund | None = None,
    account: str = "",
    first_on: date | None = None,
    last_on: date | None = None,
) -> Subquery:
    """Return what moved, to be added up further: account, fund, entered_on, and two sums in pence.

    Narrow it to a fund, an account, and days from `first_on` to `last_on`. It is one statement, so
    that a batch that is being sealed counts once: either as sealed or as waiting.
    """
    sealed = select(
        DayTotal.account,
        DayTotal.fund,
        DayTotal.entered_on,
        DayTotal.debit_pence,
        DayTotal.credit_pence,
    ).where(*_narrowed(DayTotal, DayTotal.entered_on, fund, account, first_on, last_on))
    waiting = (
        select(
            EntryLine.account,
            EntryLine.fund,
            Entry.entered_on,
            case((EntryLine.pence > 0, EntryLine.pence), else_=0),
            case((EntryLine.pence < 0, -EntryLine.pence), else_=0),
        )
        .join(Entry, Entry.id == EntryLine.entry_id)
        .where(
            is_waiting(EntryLine.entry_id),
            *_narrowed(EntryLine, Entry.entered_on, fund, account, first_on, last_on),
        )
    )
    return union_all(sealed, waiting).subquery("movements")


def is_waiting(entry_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Return the condition that an entry is waiting for its seal.

    A range with two ends, not "after the last sealed": PostgreSQL assumes that an open range covers
    a third of the table, and reads the whole table, but that this one covers next to nothing.
    """
    sealed = select(func.coalesce(func.max(LedgerSeal.last_id), 0)).scalar_subquery()
    newest = select(func.max(Entry.id)).scalar_subquery()
    return entry_id.between(sealed + 1, newest)


def _narrowed(
    table: Any,
    day: Any,
    fund: Fund | None,
    account: str,
    first_on: date | None,
    last_on: date | None,
) -> list[Any]:
    """Return the conditions for one half, placed inside it so that an index can answer them."""
    found = []
    if fund is not None:
        found.append(table.fund == fund)
    if account:
        found.append(table.account == account)
    if first_on is not None:
        found.append(day >= first_on)
    if last_on is not None:
        found.append(day <= last_on)
    return found


def moved(
    *, first_on: date | None = None, last_on: date | None = None
) -> dict[tuple[str, Fund], int]:
    """Return what moved in each account and fund between two days, inclusive (pence)."""
    return _net(movements(first_on=first_on, last_on=last_on))


def balances() -> dict[tuple[str, Fund], int]:
    """Return what every account holds in each fund, in pence, in one query."""
    return _net(movements())


def _net(of: Subquery) -> dict[tuple[str, Fund], int]:
    net = func.sum(of.c.debit_pence - of.c.credit_pence)
    found = select(of.c.account, of.c.fund, net).group_by(of.c.account, of.c.fund)
    return {(name, fund): int(pence) for name, fund, pence in db.session.execute(found)}


def fund_balance(fund: Fund) -> int:
    """Return what a fund is worth in pence: its money plus what schools owe it."""
    return ledger.fund_balance(_net(movements(fund=fund)), fund)


def fund_money(fund: Fund) -> int:
    """Return what a fund can spend in pence, without what schools still owe it."""
    return ledger.fund_money(_net(movements(fund=fund)), fund)


def held_by_fund(account: str) -> dict[Fund, int]:
    """Return what one account holds in each fund, in pence."""
    held = dict.fromkeys(Fund, 0)
    for (_, fund), pence in _net(movements(account=account)).items():
        held[fund] = pence
    return held


def moved_since(account: str, at: datetime, *, limit: int) -> tuple[list[tuple[Entry, int]], int]:
    """Return the newest entries recorded after an instant, and what all of them moved (pence).

    Each comes with what it moved; those that moved nothing are left out, and no more than `limit`
    are loaded, however many there are. Entries are numbered as they are recorded, so the newest one
    from before is found from the end.
    """
    before = (
        select(Entry.id).where(Entry.entered_at <= at).order_by(Entry.id.desc()).limit(1)
    ).scalar_subquery()
    net = func.sum(EntryLine.pence)
    since = (EntryLine.entry_id > func.coalesce(before, 0), EntryLine.account == account)
    moved_by = (
        select(EntryLine.entry_id, net.label("pence"))
        .where(*since)
        .group_by(EntryLine.entry_id)
        .having(net != 0)
        .order_by(EntryLine.entry_id.desc())
        .limit(limit)
        .subquery()
    )
    found = (
        select(Entry, moved_by.c.pence)
        .join(moved_by, moved_by.c.entry_id == Entry.id)
        .options(*NAMED)
        .order_by(Entry.id.desc())
    )
    listed = [(entry, int(pence)) for entry, pence in db.session.execute(found)]
    return listed, int(db.session.scalar(select(net).where(*since)) or 0)


@dataclass(frozen=True)
class Month:
    """A month of the CPD fund: what came in, what went out, what it held at the end (pence)."""

    first_on: date
    in_pence: int
    out_pence: int
    balance_pence: int


def cpd_month_totals() -> dict[tuple[int, int], tuple[int, int]]:
    """Return what the CPD fund took in and paid out by (year, month), in pence, in one query.

    Counted where money comes from or goes to, so that a payout or cash taken to the bank, which
    only moves money, counts as neither.
    """
    of = movements(fund=Fund.CPD)
    year = cast(extract("year", of.c.entered_on), Integer).label("year")
    month = cast(extract("month", of.c.entered_on), Integer).label("month")
    found = (
        select(year, month, func.sum(of.c.credit_pence), func.sum(of.c.debit_pence))
        .where(~of.c.account.startswith(accounts.ASSETS))
        .group_by(year, month)
    )
    return {(y, m): (int(came), int(went)) for y, m, came, went in db.session.execute(found)}


def cpd_by_month(today: date) -> list[Month]:
    """Return the CPD fund month by month up to today, at most MONTHS_SHOWN, oldest first."""
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
