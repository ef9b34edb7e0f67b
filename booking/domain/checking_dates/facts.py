"""What is known when dates are checked: the plan itself, and the calendar around it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from booking.domain import terms
from booking.domain.terms import SchoolCalendar

#: How many school days before and after its date another day is looked for.
SCHOOL_DAYS_AROUND = 15
#: School days around a date are found within so many days: three weeks and a summer holiday.
DAYS_AROUND = 70


@dataclass(frozen=True)
class PlannedDates:
    """An event's dates and deadlines, and who it is for."""

    #: Start and end of each, in order.
    dates: tuple[tuple[datetime, datetime], ...]
    #: The lowest and highest year groups.
    years: tuple[int, int]
    #: What each deadline is called, as a label, and when it is.
    deadlines: tuple[tuple[str, datetime], ...] = ()
    #: Until when pupils are named, and how many school days their parents have to reply.
    naming_close_at: datetime | None = None
    reply_days: int = 1

    def days(self) -> tuple[date, ...]:
        """Return each day on which something takes place, once, in order."""
        return tuple(dict.fromkeys(on for one in self.dates for on in _days_of(*one)))

    def meets(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Return whether a date overlaps this span of time."""
        return any(starts_at < until and since < ends_at for since, until in self.dates)

    def moved(self, days: int) -> "PlannedDates":
        """Return the same with every date so many days later; hours stay as clocks show them."""
        by = timedelta(days=days)
        return replace(self, dates=tuple((_moved(a, by), _moved(b, by)) for a, b in self.dates))


@dataclass(frozen=True)
class KnownEvent:
    """One date of another event of the network."""

    title: str
    host: str
    years: tuple[int, int]
    starts_at: datetime
    ends_at: datetime
    #: Whether the same school hosts both.
    same_host: bool = False


@dataclass(frozen=True)
class NotedDay:
    """A date in a partner's calendar: an exam, a concert, a match."""

    title: str
    partner: str
    first_on: date
    last_on: date
    #: None for what takes the whole day.
    starts_at: datetime | None = None
    ends_at: datetime | None = None

    def meets(self, plan: PlannedDates) -> bool:
        """Return whether it takes place while one of the plan's dates does."""
        if self.starts_at is not None and self.ends_at is not None:
            return plan.meets(self.starts_at, self.ends_at)
        return any(self.first_on <= on <= self.last_on for on in plan.days())


@dataclass(frozen=True)
class ClosedSchools:
    """Days when single schools have no pupils in, apart from what closes every school."""

    #: Why the host is closed, by day.
    host: Mapping[date, str] = field(default_factory=dict)
    #: Names of invited schools, by day.
    invited: Mapping[date, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class CalendarFacts:
    """The calendar as the network knows it, around the dates to be checked."""

    #: Terms, closures of every school, and bank holidays.
    network: SchoolCalendar
    #: How many schools there are besides the host, by lowest and highest year group.
    schools: Mapping[tuple[int, int], int] = field(default_factory=dict)
    closed: ClosedSchools = field(default_factory=ClosedSchools)
    events: tuple[KnownEvent, ...] = ()
    noted: tuple[NotedDay, ...] = ()

    def invited(self, *ranges: tuple[int, int]) -> int:
        """Return how many schools have year groups in every one of these ranges."""
        return sum(
            count
            for own, count in self.schools.items()
            if all(overlap(own, years) for years in ranges)
        )


def overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Return whether two ranges of year groups share one."""
    return one[0] <= other[1] and other[0] <= one[1]


def window(plan: PlannedDates) -> tuple[date, date]:
    """Return the first and last days about which something has to be known."""
    days = plan.days()
    assert days, "only a plan with a date is checked"
    around = timedelta(days=DAYS_AROUND)
    return days[0] - around, days[-1] + around


def _days_of(starts_at: datetime, ends_at: datetime) -> Iterator[date]:
    on, last_on = terms.london(starts_at).date(), terms.london(ends_at).date()
    yield on
    while on < last_on:
        on += timedelta(days=1)
        yield on


def _moved(at: datetime, by: timedelta) -> datetime:
    # Added to local time, not to the instant, so 9:15 stays 9:15 when the clocks change.
    return (terms.london(at) + by).astimezone(UTC)
