"""School days, deadlines on them, school years, and how dates and times are written.

Instants are aware and in UTC; dates and hours are those on a school's clock in England.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

#: The time of day of a deadline: the end of a school's office hours.
DEADLINE_AT = time(16, 0)

#: A longer gap between two known terms is a term that nobody has entered, not a holiday.
LONGEST_HOLIDAY = timedelta(days=56)

#: No school day for two years means that the calendar is wrong.
_LONGEST_SEARCH_DAYS = 731

_MONDAY_TO_FRIDAY = range(5)
_JULY, _AUGUST, _SEPTEMBER, _DECEMBER = 7, 8, 9, 12
_LABEL = re.compile(r"(2[0-9]{3}|1[0-9]{3})/([0-9]{2})")


class TermsOutOfOrder(ValueError):
    """A term or a closure ends before it starts, or two terms overlap."""


class NoSchoolDay(ValueError):
    """The calendar has no school day within two years."""


class NotASchoolYear(ValueError):
    """The text is not a school year like 2026/27."""


@dataclass(frozen=True)
class TermDays:
    """A stretch of school days, first and last day included; half terms are gaps or closures."""

    name: str
    first_on: date
    last_on: date

    def __post_init__(self) -> None:
        _in_order(self.name, self.first_on, self.last_on)


@dataclass(frozen=True)
class ClosedDays:
    """Days without pupils, first and last included: a half term, a training day, snow."""

    first_on: date
    last_on: date
    reason: str = ""

    def __post_init__(self) -> None:
        _in_order(self.reason or "The closure", self.first_on, self.last_on)


@dataclass(frozen=True)
class SchoolCalendar:
    """The terms and closures of one school, and the bank holidays of England."""

    terms: tuple[TermDays, ...] = ()
    closures: tuple[ClosedDays, ...] = ()
    bank_holidays: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.terms, key=lambda term: term.first_on))
        for earlier, later in pairwise(ordered):
            if later.first_on <= earlier.last_on:
                raise TermsOutOfOrder(f"{later.name} starts before {earlier.name} has ended.")
        object.__setattr__(self, "terms", ordered)


def is_school_day(calendar: SchoolCalendar, on: date) -> bool:
    """Return whether the school has pupils in on a day.

    Known terms decide, and so do the holidays between two known terms. Where none is known,
    weekdays that are not bank holidays count as school days, except in the weeks when every school
    in England is on holiday (see _is_supposed_term).
    """
    if on.weekday() not in _MONDAY_TO_FRIDAY or on in calendar.bank_holidays:
        return False
    if any(closure.first_on <= on <= closure.last_on for closure in calendar.closures):
        return False
    if any(term.first_on <= on <= term.last_on for term in calendar.terms):
        return True
    return not _is_between_terms(calendar, on) and _is_supposed_term(on)


def why_closed(calendar: SchoolCalendar, on: date) -> str:
    """Return why there are no pupils in on a day, in a few words; nothing on a school day."""
    if is_school_day(calendar, on):
        return ""
    if on in calendar.bank_holidays:
        return "a bank holiday"
    if on.weekday() not in _MONDAY_TO_FRIDAY:
        return "at a weekend"
    for closure in calendar.closures:
        if closure.first_on <= on <= closure.last_on:
            return f"a day when the school is closed ({closure.reason or 'no reason given'})"
    return "in the school holidays"


def _is_between_terms(calendar: SchoolCalendar, on: date) -> bool:
    """Return whether a day is a holiday according to the known terms around it."""
    for earlier, later in pairwise(calendar.terms):
        if earlier.last_on < on < later.first_on:
            return later.first_on - earlier.last_on <= LONGEST_HOLIDAY
    if not calendar.terms:
        return False
    # The last known term ran into July, so what follows it is the summer holiday.
    last_on = calendar.terms[-1].last_on
    return last_on.month in (_JULY, _AUGUST) and last_on < on < date(last_on.year, _SEPTEMBER, 1)


def _is_supposed_term(on: date) -> bool:
    """Return whether schools are likely to be open on a weekday outside every known term.

    Not from 22 July to 31 August, nor from 22 December to 2 January. These dates are our own
    assumption, and a little too wide, because a later deadline harms nobody.
    """
    summer = (_JULY, 22) <= (on.month, on.day) <= (_AUGUST, 31)
    christmas = (on.month, on.day) >= (_DECEMBER, 22) or (on.month, on.day) <= (1, 2)
    return not summer and not christmas


def school_days_after(calendar: SchoolCalendar, on: date) -> Iterator[date]:
    """Yield the school days after a day, in order, or raise NoSchoolDay."""
    last_found = on
    while on - last_found < timedelta(days=_LONGEST_SEARCH_DAYS):
        on += timedelta(days=1)
        if is_school_day(calendar, on):
            last_found = on
            yield on
    raise NoSchoolDay("The calendar has no school day for two years. Check its closures.")


def add_school_days(
    calendar: SchoolCalendar, start: datetime, days: int, at: time = DEADLINE_AT
) -> datetime:
    """Return the instant (UTC) at an hour of the day in London, n school days later.

    The first day does not count, so a deadline of 1 school day set on Friday night, or in a
    holiday, is at this hour on the next school day. It never falls on a weekend, on a bank holiday
    or in a holiday. is_school_day says what happens where the calendar has no term.
    """
    assert days >= 1, "a deadline is at least one school day away"
    found = school_days_after(calendar, london(start).date())
    on = [next(found) for _ in range(days)][-1]
    return datetime.combine(on, at, tzinfo=LONDON).astimezone(UTC)


def school_year(on: date) -> str:
    """Return the school year (1 September to 31 August) of a day: "2026/27"."""
    first = on.year if on.month >= _SEPTEMBER else on.year - 1
    return f"{first}/{(first + 1) % 100:02d}"


def school_year_bounds(label: str) -> tuple[date, date]:
    """Return the first and last days of a school year like "2026/27"."""
    match = _LABEL.fullmatch(label.strip())
    if match is None or (int(match[1]) + 1) % 100 != int(match[2]):
        raise NotASchoolYear(f"“{label[:20]}” is not a school year. Write it like 2026/27.")
    first = int(match[1])
    return date(first, _SEPTEMBER, 1), date(first + 1, _AUGUST, 31)


def london(instant: datetime) -> datetime:
    """Return the date and time in London of an aware instant."""
    assert instant.tzinfo is not None, "an instant knows its time zone"
    return instant.astimezone(LONDON)


def _in_order(name: str, first_on: date, last_on: date) -> None:
    if last_on < first_on:
        raise TermsOutOfOrder(f"{name} ends before it starts. Check the two dates.")


_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day_text(on: date) -> str:
    """Write a day in full: "Friday 12 June 2026"."""
    return f"{_DAYS[on.weekday()]} {on.day} {_MONTHS[on.month - 1]} {on.year}"


def time_text(at: time) -> str:
    """Write an hour: "9:15am", "4pm", "midday", "midnight"."""
    if (at.hour, at.minute) in {(0, 0), (12, 0)}:
        return "midday" if at.hour else "midnight"
    minutes = f":{at.minute:02d}" if at.minute else ""
    return f"{(at.hour - 1) % 12 + 1}{minutes}{'am' if at.hour < 12 else 'pm'}"


def deadline_text(instant: datetime) -> str:
    """Write an instant as London's day and hour: "Friday 12 June 2026, 4pm"."""
    local = london(instant)
    return f"{day_text(local.date())}, {time_text(local.time())}"


def in_sentence(instant: datetime) -> str:
    """Write an instant as a sentence says it, after "by", "until" or "at".

    For example "4pm on Friday 12 June 2026".
    """
    local = london(instant)
    return f"{time_text(local.time())} on {day_text(local.date())}"


def nights(starts_at: datetime, ends_at: datetime) -> int:
    """Return how many midnights of London lie between two instants."""
    return (london(ends_at).date() - london(starts_at).date()).days


def span_text(starts_at: datetime, ends_at: datetime) -> str:
    """Write a span: "Friday 12 June 2026, 9:15am to 2:45pm", with a second day if there is one."""
    if london(starts_at).date() == london(ends_at).date():
        return f"{deadline_text(starts_at)} to {time_text(london(ends_at).time())}"
    return f"{deadline_text(starts_at)} to {deadline_text(ends_at)}"
