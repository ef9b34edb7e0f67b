"""The terms of the network, and the days within them when a school is closed."""

from datetime import date, datetime

from booking.domain import terms
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.people.schools import queries
from booking.people.schools.models import Closure, School, Term

#: A mistyped year is the likeliest error; no term or closure is longer than this.
LONGEST_DAYS = 200


class DaysRefused(ValueError):
    """The dates cannot be right; the message says why."""


def add_term(*, actor: Actor, now: datetime, name: str, first_on: date, last_on: date) -> Term:
    """Add a term of the network. Raises DaysRefused."""
    _check_length(first_on, last_on)
    known = queries.calendar(None).terms
    try:
        terms.SchoolCalendar(terms=(*known, terms.TermDays(name, first_on, last_on)))
    except terms.TermsOutOfOrder as error:
        raise DaysRefused(str(error)) from error
    term = Term(name=name, first_on=first_on, last_on=last_on)
    db.session.add(term)
    audit.record(
        actor=actor,
        action="add_term",
        subject=term,
        now=now,
        first_on=first_on.isoformat(),
        last_on=last_on.isoformat(),
    )
    return term


def remove_term(*, actor: Actor, now: datetime, term: Term) -> None:
    """Remove a term from the calendar."""
    audit.record(
        actor=actor,
        action="remove_term",
        subject=term,
        now=now,
        first_on=term.first_on.isoformat(),
        last_on=term.last_on.isoformat(),
    )
    db.session.delete(term)


def add_closure(
    *,
    actor: Actor,
    now: datetime,
    school: School | None,
    first_on: date,
    last_on: date,
    reason: str,
) -> Closure:
    """Close a school, or every school, for some days. Raises DaysRefused."""
    _check_length(first_on, last_on)
    closure = Closure(
        school_id=school.id if school else None, first_on=first_on, last_on=last_on, reason=reason
    )
    db.session.add(closure)
    audit.record(
        actor=actor,
        action="add_closure",
        subject=closure,
        school_id=closure.school_id,
        now=now,
        first_on=first_on.isoformat(),
        last_on=last_on.isoformat(),
    )
    return closure


def remove_closure(*, actor: Actor, now: datetime, closure: Closure) -> None:
    """Remove a closure, so that the school is open on these days."""
    audit.record(
        actor=actor,
        action="remove_closure",
        subject=closure,
        school_id=closure.school_id,
        now=now,
        first_on=closure.first_on.isoformat(),
        last_on=closure.last_on.isoformat(),
    )
    db.session.delete(closure)


def _check_length(first_on: date, last_on: date) -> None:
    if last_on < first_on:
        raise DaysRefused("The last day is before the first. Check the two dates.")
    if (last_on - first_on).days > LONGEST_DAYS:
        raise DaysRefused(f"That is more than {LONGEST_DAYS} days. Check the two years.")
