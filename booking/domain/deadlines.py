"""Deadlines proposed from the date of an event: on school days, at 4pm, each step with its time.

The steps before an event follow each other: schools ask for places, schools name their pupils,
parents answer. With time enough each gets its usual length, and asking gets what is left. At short
notice all are shortened in the same proportion, but none below its least; what parents are given to
answer is never shortened.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from booking.domain import english, terms
from booking.domain.terms import SchoolCalendar

#: No calendar that is right has fewer school days in two years than the steps need.
_LONGEST_SEARCH = timedelta(days=731)
#: School days that are kept between the last parents' answers and the event, if there are enough:
#: a place that comes back can then still be given on.
SPARE = 5


@dataclass(frozen=True)
class Step:
    """What happens before a deadline, and how many school days it is given."""

    name: str
    usual: int
    least: int


ASKING = Step("for schools to ask", usual=10, least=2)
CLAIMING = Step("for schools to use their quotas", usual=10, least=2)
NAMING = Step("for schools to name their pupils", usual=10, least=3)


def answering(reply_days: int) -> Step:
    """Return the last step: parents have their days, and a place that comes back some more."""
    return Step("for parents to answer", usual=reply_days + SPARE, least=reply_days)


class NotEnoughTime(ValueError):
    """There are fewer school days than the steps need; the message says how many of each."""


@dataclass(frozen=True)
class ProposedDeadlines:
    """When each step but the last ends, as UTC instants, and how many school days each has."""

    steps: tuple[Step, ...]
    ends_at: tuple[datetime, ...]
    lengths: tuple[int, ...]
    is_squeezed: bool


def propose(
    calendar: SchoolCalendar, steps: Sequence[Step], *, after: date, last_on: date
) -> ProposedDeadlines:
    """Return the ends of all steps but the last, which ends on `last_on` at the latest.

    The first step begins after the day `after`. Raises NotEnoughTime.
    """
    usual = sum(step.usual for step in steps)
    days = last_school_days(calendar, after, last_on, most=usual)
    lengths = _lengths(len(days), steps)
    ends = [sum(lengths[: n + 1]) - 1 for n in range(len(steps) - 1)]
    return ProposedDeadlines(
        tuple(steps),
        tuple(at_closing(days[n]) for n in ends),
        tuple(lengths),
        is_squeezed=len(days) < usual,
    )


def last_school_days(
    calendar: SchoolCalendar, after: date, last_on: date, *, most: int
) -> list[date]:
    """Return the last school days after one day and until another, in order."""
    found: list[date] = []
    on, earliest = last_on, max(after, last_on - min(_LONGEST_SEARCH, last_on - date.min))
    while on > earliest and len(found) < most:
        if terms.is_school_day(calendar, on):
            found.append(on)
        on -= timedelta(days=1)
    return found[::-1]


def _lengths(days: int, steps: Sequence[Step]) -> list[int]:
    least = sum(step.least for step in steps)
    if days < least:
        each = english.listed([f"{step.least} {step.name}" for step in steps])
        has = english.plural(days, "school day is", "school days are")
        raise NotEnoughTime(f"Only {has} left, and {least} are needed: {each}.")
    room = sum(step.usual - step.least for step in steps)
    spare = days - least
    lengths = [step.least + spare * (step.usual - step.least) // room for step in steps]
    return [lengths[0] + days - sum(lengths), *lengths[1:]]


def at_closing(on: date) -> datetime:
    """Return the instant (UTC) at which a deadline on this day ends."""
    return datetime.combine(on, terms.DEADLINE_AT, tzinfo=terms.LONDON).astimezone(UTC)
