"""The nearest day that less speaks against."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from booking.domain import terms
from booking.domain.checking_dates.facts import (
    DAYS_AROUND,
    SCHOOL_DAYS_AROUND,
    CalendarFacts,
    PlannedDates,
)
from booking.domain.checking_dates.findings import DateFinding, of_dates

#: How many grave findings, and how many others; less is better.
Score = tuple[int, int]


@dataclass(frozen=True)
class BetterDay:
    """A day on which the event could begin instead."""

    on: date
    #: What speaks against it still.
    findings: tuple[DateFinding, ...]


def better_day(plan: PlannedDates, facts: CalendarFacts, *, after: datetime) -> BetterDay | None:
    """Return the day within 15 school days that the least speaks against, if it is better.

    All dates move with the first. Of days that are equally good, one on the same weekday comes
    first, then the nearest, then the later. It is after `after`, and after every deadline.
    """
    standing = score(of_dates(plan, facts))
    if standing == (0, 0):
        return None
    first_on = plan.days()[0]
    found = []
    for on in _school_days_around(facts, first_on):
        away = (on - first_on).days
        moved = plan.moved(away)
        if moved.dates[0][0] <= max([after, *(at for _, at in plan.deadlines)]):
            continue
        left = tuple(of_dates(moved, facts))
        found.append((score(left), away % 7 != 0, abs(away), away < 0, BetterDay(on, left)))
    best = min(found, key=lambda one: one[:4], default=None)
    return best[4] if best is not None and best[0] < standing else None


def score(findings: Collection[DateFinding]) -> Score:
    """Count what speaks against some dates: the grave, then the rest."""
    grave = sum(finding.count for finding in findings if finding.is_grave)
    return grave, sum(finding.count for finding in findings) - grave


def _school_days_around(facts: CalendarFacts, on: date) -> Iterator[date]:
    for step in (timedelta(days=1), timedelta(days=-1)):
        day, left = on, SCHOOL_DAYS_AROUND
        while left and abs(day + step - on) <= timedelta(days=DAYS_AROUND):
            day += step
            if terms.is_school_day(facts.network, day):
                left -= 1
                yield day
