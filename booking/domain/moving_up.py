"""September: which school year a year group is of, and what moving up makes of each pupil.

A year group alone does not say whether it is last year's or the new one: in August a school's
system already exports the new one. So a pupil's year group is kept with the school year that it is
of, and moving up into a school year leaves everybody who is there already where they are.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from booking.domain import terms

#: From August, when schools' systems move to the new year, to December, when every list must be
#: right.
FIRST_MONTH, LAST_MONTH = 8, 12
AUGUST, SEPTEMBER = 8, 9


class MovingFate(StrEnum):
    """What moving up makes of a pupil."""

    MOVES = "moves"
    LEAVES = "leaves"
    #: Said to stay in the year group for another year.
    REPEATS = "repeats"
    #: Not known which year the year group was of; it is taken for the new one unless ticked.
    UNKNOWN = "unknown"
    #: In the new school year already.
    THERE = "there"


@dataclass(frozen=True)
class ListedYear:
    """A year group, and the school year that it is of ("2026/27"), if that is known."""

    year_group: int
    school_year: str | None


@dataclass(frozen=True)
class Moved:
    """What becomes of a pupil, and the year that the pupil is then listed in."""

    fate: MovingFate
    listed: ListedYear


def moving_year(today: date) -> str | None:
    """Return the school year into which pupils may move up now ("2027/28"), or None."""
    if not FIRST_MONTH <= today.month <= LAST_MONTH:
        return None
    return terms.school_year(date(today.year, SEPTEMBER, 1))


def next_year(school_year: str) -> str:
    """Return the school year after this one."""
    return terms.school_year(date(_begins(school_year) + 1, SEPTEMBER, 1))


def year_of_lists(today: date, term_ends_on: date | None) -> str:
    """Return the school year that a list written today is most likely of.

    In August, once the last term known of the old year is over, schools' systems have the new one.
    """
    school_year = terms.school_year(today)
    if today.month == AUGUST and (term_ends_on is None or today > term_ends_on):
        return next_year(school_year)
    return school_year


def listed_in(listed: ListedYear, school_year: str) -> int:
    """Return the year group that a pupil would have on a list of another school year.

    Without knowing the year that it is of, the year group is taken as it stands.
    """
    if listed.school_year is None:
        return listed.year_group
    return listed.year_group + _begins(school_year) - _begins(listed.school_year)


def move(listed: ListedYear, *, into: str, top_year: int, ticked: bool = False) -> Moved:
    """Return what moving up into a school year makes of a pupil.

    A tick says otherwise: a pupil who would move stays in the year group for another year, and one
    of whom it is not known moves.
    """
    known = listed.school_year
    if known is not None and _begins(known) >= _begins(into):
        return Moved(MovingFate.THERE, listed)
    if known is None and not ticked:
        return Moved(MovingFate.UNKNOWN, ListedYear(listed.year_group, into))
    if known is not None and ticked:
        return Moved(MovingFate.REPEATS, ListedYear(listed.year_group, into))
    year_group = listed.year_group + 1 if known is None else listed_in(listed, into)
    if year_group > top_year:
        return Moved(MovingFate.LEAVES, listed)
    return Moved(MovingFate.MOVES, ListedYear(year_group, into))


def _begins(school_year: str) -> int:
    return terms.school_year_bounds(school_year)[0].year
