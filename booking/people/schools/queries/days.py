"""Reads of school days: terms, closures and the bank holidays of England."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

import holidays
from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from booking.domain import terms as domain_terms
from booking.foundation import clock
from booking.foundation.db import db
from booking.people.schools.models import Closure, School, Term


def calendar(school_id: int | None) -> domain_terms.SchoolCalendar:
    """Return the school days of a school, or (None) those that all schools share."""
    terms = db.session.scalars(select(Term).order_by(Term.first_on)).all()
    closures = db.session.scalars(
        select(Closure)
        .where(or_(Closure.school_id.is_(None), Closure.school_id == school_id))
        .order_by(Closure.first_on)
    ).all()
    today = clock.today()
    years = [today.year, *(d.year for term in terms for d in (term.first_on, term.last_on))]
    return domain_terms.SchoolCalendar(
        terms=tuple(domain_terms.TermDays(t.name, t.first_on, t.last_on) for t in terms),
        closures=tuple(domain_terms.ClosedDays(c.first_on, c.last_on, c.reason) for c in closures),
        bank_holidays=bank_holidays(min(years) - 1, max(years) + 2),
    )


@cache
def bank_holidays(first_year: int, last_year: int) -> frozenset[date]:
    """Return the bank holidays of England in these years, substitute days included."""
    years = range(first_year, last_year + 1)
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=years))


def terms() -> Sequence[Term]:
    """Return the terms of the network, latest first."""
    return db.session.scalars(select(Term).order_by(Term.first_on.desc())).all()


def term(first_on: date) -> Term | None:
    """Return the term that begins on a day."""
    return db.session.scalar(select(Term).where(Term.first_on == first_on))


def closures(*, school_id: int | None = None) -> Sequence[Closure]:
    """Return the closures of one school, or of every school, latest first."""
    statement = select(Closure).order_by(Closure.first_on.desc(), Closure.id.desc())
    if school_id is not None:
        statement = statement.where(Closure.school_id == school_id)
    return db.session.scalars(statement.options(joinedload(Closure.school))).all()


def closure(public_id: str) -> Closure | None:
    """Return a closure."""
    return db.session.scalar(select(Closure).where(Closure.public_id == public_id))


class ClosedSchool(NamedTuple):
    """Days when one school is closed and others are not."""

    school_id: int
    school: str
    first_on: date
    last_on: date
    reason: str


def closed_between(
    first_on: date, last_on: date, *, years: tuple[int, int], and_of: int
) -> list[ClosedSchool]:
    """Return when single schools are closed, by name: those with these years, and `and_of`."""
    asked = (School.low_year <= years[1]) & (School.high_year >= years[0])
    statement = (
        select(School.id, School.name, Closure.first_on, Closure.last_on, Closure.reason)
        .join(School, School.id == Closure.school_id)
        .where(
            Closure.last_on >= first_on,
            Closure.first_on <= last_on,
            School.left_on.is_(None),
            or_(asked, School.id == and_of),
        )
        .order_by(School.name, School.id)
    )
    return [ClosedSchool(*row) for row in db.session.execute(statement)]


def school_ranges(*, besides: int) -> dict[tuple[int, int], int]:
    """Return how many member schools but one have each range of year groups."""
    low, high = School.low_year, School.high_year
    statement = select(low, high, func.count()).where(
        School.left_on.is_(None), School.id != besides
    )
    return {(a, b): n for a, b, n in db.session.execute(statement.group_by(low, high))}
