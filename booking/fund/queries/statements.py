"""What statements are made of: the figures of a period, and the lines of one account or fund."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager

from booking.db import db
from booking.domain.ledger import Fund, accounts
from booking.fund.models import Entry, Line
from booking.fund.queries.balances import moved
from booking.fund.statements.income import Figures
from booking.fund.statements.periods import Period
from booking.web.paging import Page, page_of

#: A file holds at most so many lines; the whole ledger is exported otherwise.
FILE_LINES_MAX = 20_000


@dataclass(frozen=True)
class Subject:
    """Whose lines: an account, a fund, or an account within a fund.

    A fund alone means where its money comes from and goes to, not where it lies.
    """

    account: str = ""
    fund: Fund | None = None

    @property
    def sign(self) -> int:
        """Return -1 where a credit makes it more: income, equity, and funds as such."""
        grows_by_debit = accounts.is_asset(self.account) or accounts.is_expense(self.account)
        return 1 if grows_by_debit else -1


def figures(period: Period) -> Figures:
    """Return what moved before a period and within it: two queries."""
    return Figures(
        period,
        moved(last_on=period.before),
        moved(first_on=period.first_on, last_on=period.last_on),
    )


def _lines(of: Subject, period: Period) -> Select[Any]:
    statement = (
        select(Line)
        .join(Line.entry)
        .where(Entry.entered_on.between(period.first_on, period.last_on))
        .order_by(Entry.entered_on, Line.id)
    )
    if of.account:
        statement = statement.where(Line.account == of.account)
    else:
        statement = statement.where(~Line.account.startswith(accounts.ASSETS))
    if of.fund is not None:
        statement = statement.where(Line.fund == of.fund)
    return statement


def _shown(statement: Select[Any]) -> Select[Any]:
    return statement.options(contains_eager(Line.entry).joinedload(Entry.event))


def page_of_lines(of: Subject, period: Period, *, number: int) -> tuple[Page[Line], int]:
    """Return one page of lines, oldest first, and what had come together before the first of them.

    That is pence as the ledger writes them: a debit is plus.
    """
    lines = _lines(of, period)
    page = page_of(_shown(lines), number=number)
    earlier = lines.with_only_columns(Line.pence).limit((number - 1) * page.size).subquery()
    on_pages = db.session.scalar(select(func.sum(earlier.c.pence))) if number > 1 else 0
    return page, opening(of, period) + int(on_pages or 0)


def all_lines(of: Subject, period: Period) -> list[Line]:
    """Return the lines of a period for a file, FILE_LINES_MAX at most and one more."""
    return list(db.session.scalars(_shown(_lines(of, period)).limit(FILE_LINES_MAX + 1)))


def opening(of: Subject, period: Period) -> int:
    """Return what an account or fund came to when a period began; a debit is plus."""
    return sum(
        pence
        for (name, fund), pence in moved(last_on=period.before).items()
        if (name == of.account if of.account else not accounts.is_asset(name))
        and of.fund in {None, fund}
    )
