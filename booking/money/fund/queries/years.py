"""School years in the books: which are closed, and how each fund did."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from booking.domain import ledger, terms
from booking.domain.ledger import Fund, FundYear
from booking.foundation.db import db
from booking.money.fund.models import ClosedYear, Entry
from booking.money.fund.queries.balances import moved


def closed_until() -> date | None:
    """Return the last day of the newest closed year, or None if none is closed."""
    return db.session.scalar(select(func.max(ClosedYear.last_on)))


def closed_years() -> list[ClosedYear]:
    """Return the closed years, newest first."""
    statement = select(ClosedYear).order_by(ClosedYear.first_on.desc())
    return list(db.session.scalars(statement.options(joinedload(ClosedYear.closed_by))))


def closed_year(label: str) -> ClosedYear | None:
    """Return a closed year by its label, such as 2026/27."""
    first_on, _ = terms.school_year_bounds(label)
    return db.session.scalars(
        select(ClosedYear)
        .where(ClosedYear.first_on == first_on)
        .options(joinedload(ClosedYear.closed_by))
    ).one_or_none()


def year_to_close() -> str | None:
    """Return the oldest school year that is not closed, or None if the books are empty."""
    first_on = select(func.min(Entry.entered_on)).scalar_subquery()
    closed = select(func.max(ClosedYear.last_on)).scalar_subquery()
    found: Sequence[date | None] = db.session.execute(select(first_on, closed)).one()
    began, until = found
    return None if began is None else ledger.year_to_close(began, until)


def fund_years(label: str) -> dict[Fund, FundYear]:
    """Return each fund's year, in two queries."""
    first_on, last_on = terms.school_year_bounds(label)
    before = moved(last_on=first_on - timedelta(days=1))
    return ledger.fund_years(before, moved(first_on=first_on, last_on=last_on))
