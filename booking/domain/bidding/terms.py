"""Which term a day belongs to, so that each term's limit covers every day of the year exactly
once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from booking.domain import terms
from booking.domain.terms import LONDON, SchoolCalendar, TermDays

_SEPTEMBER = 9
_LAST_AT = time(23, 59)


@dataclass(frozen=True)
class Span:
    """A term with the holiday after it: its first and last days, both included."""

    name: str
    first_on: date
    last_on: date


def term_of(known: Sequence[TermDays], on: date) -> Span:
    """Name the term of a day: holidays belong to the term before them.

    Where the network has not entered the terms around a day, the school year is cut into three:
    from 1 September, 1 January and 1 April. Two days are either in the same term or in two that do
    not overlap.
    """
    starts = sorted(
        {term.first_on: term.name for term in known}.items() | _supposed(known, on).items()
    )
    before = [(first, name) for first, name in starts if first <= on]
    after = [first for first, _ in starts if first > on]
    first_on, name = before[-1]
    return Span(name, first_on, after[0] - timedelta(days=1))


def _supposed(known: Sequence[TermDays], on: date) -> dict[date, str]:
    """Return assumed starts of terms, for the school years in which none is known."""
    year = on.year if on.month >= _SEPTEMBER else on.year - 1
    entered = {terms.school_year(term.first_on) for term in known}
    found = {}
    for first in (year - 1, year, year + 1):
        autumn = date(first, _SEPTEMBER, 1)
        if terms.school_year(autumn) not in entered:
            found[autumn] = f"Autumn term {first}"
            found[date(first + 1, 1, 1)] = f"Spring term {first + 1}"
            found[date(first + 1, 4, 1)] = f"Summer term {first + 1}"
    return found


def last_moment(
    calendar: SchoolCalendar, approved_at: datetime, takes_place_on: date, days: int
) -> datetime:
    """Return when a promise lapses (UTC).

    The school days are counted from the approval or the day itself, whichever is later, because a
    claim needs the receipt of what took place.
    """
    held_at = datetime.combine(takes_place_on, _LAST_AT, tzinfo=LONDON).astimezone(UTC)
    return terms.add_school_days(calendar, max(approved_at, held_at), days)
