"""Reads of school days: terms, closures and the bank holidays of England."""

from collections.abc import Sequence
from datetime import date
from functools import cache

import holidays
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from booking.domain import terms as domain_terms
from booking.foundation import clock
from booking.foundation.db import db
from booking.people.schools.models import Closure, Term


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
