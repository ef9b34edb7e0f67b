"""Closing the day of an event: when it can be closed, what keeps it open, when it opens again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from booking.domain import readers

#: How long after its end a day that nobody has closed is brought to the lead.
LATE_AFTER = timedelta(days=7)
#: How long after its end anybody is asked to close it: later, nobody remembers the day.
ASKED_FOR = timedelta(days=60)


class DayStage(StrEnum):
    """How far an event has got towards being closed."""

    #: A draft, or cancelled: nothing took place.
    NEVER = "never"
    TO_COME = "to_come"
    OPEN = "open"
    CLOSED = "closed"


def stage(
    *, takes_place: bool, last_ends_at: datetime | None, is_closed: bool, now: datetime
) -> DayStage:
    """Return how far an event has got; one of several dates is over after the last."""
    if not takes_place or last_ends_at is None:
        return DayStage.NEVER
    if is_closed:
        return DayStage.CLOSED
    return DayStage.OPEN if last_ends_at <= now else DayStage.TO_COME


@dataclass(frozen=True)
class DateRegister:
    """One date's register, as far as closing depends on it."""

    day: str
    #: The date's number, for its address.
    number: int
    unmarked: int
    #: Whether it can still be marked; a register that has ended keeps no day open for ever.
    is_open: bool


def to_mark(dates: Iterable[DateRegister]) -> list[DateRegister]:
    """Return the registers that have to be completed before the day is closed."""
    return [one for one in dates if one.unmarked and one.is_open]


def never_marked(dates: Iterable[DateRegister]) -> int:
    """Return how many marks are missing for good."""
    return sum(one.unmarked for one in dates if not one.is_open)


def last_day_to_reopen(last_on: date) -> date:
    """Return the last day on which a closed day can be opened again: its register's last."""
    return last_on + timedelta(days=readers.REGISTER_DAYS_AFTER)


def may_reopen(last_on: date, today: date) -> bool:
    """Return whether a closed day can still be opened again."""
    return today <= last_day_to_reopen(last_on)
