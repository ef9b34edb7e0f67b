"""What statements are made from: a period's figures, and the lines of one account or fund."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any

from sqlalchemy import ColumnElement, Select, String, func, literal, select, type_coerce, union_all
from sqlalchemy.orm import contains_eager

from booking.domain.ledger import Fund, accounts
from booking.domain.ledger.periods import Period
from booking.foundation.db import db
from booking.foundation.web.paging import PAGE_SIZE, Page
from booking.money.fund.models import DayTotal, Entry, EntryLine
from booking.money.fund.queries.balances import is_waiting, moved
from booking.money.fund.queries.entries import NAMED

#: The most lines in one file; for more, export the whole ledger.
FILE_LINES_MAX = 20_000
#: The lines in one part of a PDF, some thirty pages; longer statements have several parts.
PAPER_LINES_MAX = 1_000


Balances = Mapping[tuple[str, Fund], int]


@dataclass(frozen=True)
class PeriodFigures:
    """What moved before a period and in it, in pence by account and fund."""

    period: Period
    before: Balances
    within: Balances

    @property
    def after(self) -> dict[tuple[str, Fund], int]:
        """Return what every account holds at the end."""
        keys = self.before.keys() | self.within.keys()
        return {key: self.before.get(key, 0) + self.within.get(key, 0) for key in keys}


@dataclass(frozen=True)
class LinesOf:
    """Whose lines: an account's, a group's of accounts, a fund's, or an account's within a fund.

    A fund alone means where its money comes from and goes to, not where it is.
    """

    account: str = ""
    fund: Fund | None = None

    @property
    def sign(self) -> int:
        """Return -1 if a credit increases it: income, equity, and funds themselves."""
        name = f"{self.account}:"
        return 1 if accounts.is_asset(name) or accounts.is_expense(name) else -1

    @property
    def starts_at_nil(self) -> bool:
        """Return whether each period begins at nothing: what moved, and not what is held.

        What a fund or an asset holds is brought forward; income and expenditure are of a period.
        """
        return bool(self.account) and not accounts.is_asset(self.account)


def figures(period: Period) -> PeriodFigures:
    """Return what moved before a period and within it, in two queries."""
    return PeriodFigures(
        period,
        moved(last_on=period.before),
        moved(first_on=period.first_on, last_on=period.last_on),
    )


def _belongs(table: Any, of: LinesOf) -> list[Any]:
    """Return the conditions that lines, or daily totals, belong to the subject."""
    found = _of_account(table.account, of) or [table.account == of.account]
    return found if of.fund is None else [*found, table.fund == of.fund]


def _of_account(account: Any, of: LinesOf) -> list[ColumnElement[bool]]:
    """Return the condition that no index of accounts answers, for all but a single account."""
    if not of.account:
        return [~account.startswith(accounts.ASSETS)]
    return [account.startswith(f"{of.account}:")] if of.account in accounts.GROUPS else []


def _lines(of: LinesOf, period: Period) -> Select[Any]:
    return (
        select(EntryLine)
        .join(EntryLine.entry)
        .where(Entry.entered_on.between(period.first_on, period.last_on), *_belongs(EntryLine, of))
        .order_by(Entry.entered_on, EntryLine.id)
    )


def _shown(statement: Select[Any]) -> Select[Any]:
    return statement.options(contains_eager(EntryLine.entry).options(*NAMED))


@dataclass(frozen=True)
class _Day:
    """How many lines a day has, and their sum (pence)."""

    on: date
    count: int
    pence: int


def _days(of: LinesOf, period: Period) -> list[_Day]:
    """Return a period's days with lines, from the totals of sealed entries, in one query."""
    days = (period.first_on, period.last_on)
    sealed = select(
        DayTotal.entered_on.label("day"),
        DayTotal.line_count.label("lines"),
        (DayTotal.debit_pence - DayTotal.credit_pence).label("pence"),
    ).where(DayTotal.entered_on.between(*days), *_belongs(DayTotal, of))
    waiting = (
        select(Entry.entered_on, literal(1), EntryLine.pence)
        .join(Entry, Entry.id == EntryLine.entry_id)
        .where(
            is_waiting(EntryLine.entry_id),
            Entry.entered_on.between(*days),
            *_belongs(EntryLine, of),
        )
    )
    both = union_all(sealed, waiting).subquery()
    found = (
        select(both.c.day, func.sum(both.c.lines), func.sum(both.c.pence))
        .group_by(both.c.day)
        .order_by(both.c.day)
    )
    return [_Day(day, int(count), int(pence)) for day, count, pence in db.session.execute(found)]


def page_of_lines(
    of: LinesOf, period: Period, *, number: int, size: int = PAGE_SIZE
) -> tuple[Page[EntryLine], int]:
    """Return one page of lines, oldest first, and the balance before the first of them.

    The balance is in pence as in the ledger: a debit is plus. Daily totals say which days the page
    covers, so only those days are read, however long the ledger is.
    """
    days, skip = _days(of, period), (number - 1) * size
    total = sum(day.count for day in days)
    before = opening(of, period)
    while days and skip >= days[0].count:
        passed = days.pop(0)
        skip, before = skip - passed.count, before + passed.pence
    if not days:
        return Page([], number, total, size), before
    lines = _on_days(of, days[0].on, _last_day(days, skip + size))
    shown = list(db.session.scalars(_shown(lines).limit(size).offset(skip)))
    return Page(shown, number, total, size), before + (_first(lines, skip) if skip else 0)


def _last_day(days: Sequence[_Day], count: int) -> date:
    """Return the day by which there are this many lines, or the last day."""
    reached = accumulate(day.count for day in days)
    return next((day.on for day, n in zip(days, reached, strict=True) if n >= count), days[-1].on)


def _first(lines: Select[Any], count: int) -> int:
    """Return the sum of a statement's first lines."""
    some = lines.with_only_columns(EntryLine.pence).limit(count).subquery()
    return int(db.session.scalar(select(func.sum(some.c.pence))) or 0)


def _on_days(of: LinesOf, first_on: date, last_on: date) -> Select[Any]:
    """Return the lines of a few days, found by day and not through an account or fund index.

    A database without statistics would take the account's index, and read all of it.
    """
    conditions = _of_account(EntryLine.account, of)
    if not conditions:
        conditions = [func.coalesce(EntryLine.account, "") == of.account]
    if of.fund is not None:
        conditions.append(func.coalesce(type_coerce(EntryLine.fund, String), "") == of.fund.value)
    return (
        select(EntryLine)
        .join(EntryLine.entry)
        .where(Entry.entered_on.between(first_on, last_on), *conditions)
        .order_by(Entry.entered_on, EntryLine.id)
    )


def all_lines(of: LinesOf, period: Period) -> list[EntryLine]:
    """Return the lines of a period for a file, at most FILE_LINES_MAX plus one."""
    return list(db.session.scalars(_shown(_lines(of, period)).limit(FILE_LINES_MAX + 1)))


def opening(of: LinesOf, period: Period) -> int:
    """Return the balance of an account or fund when a period began; a debit is plus."""
    if of.starts_at_nil:
        return 0
    return sum(
        pence
        for (name, fund), pence in moved(last_on=period.before).items()
        if (name == of.account if of.account else not accounts.is_asset(name))
        and of.fund in {None, fund}
    )
