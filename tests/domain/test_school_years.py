"""Deadlines over three real school years of England, day by day, through all six clock changes.

Terms and half terms as many authorities published them; each school adds its own training days.
"""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import holidays
import pytest

from booking.domain import terms
from booking.domain.terms import LONDON, ClosedDays, SchoolCalendar, TermDays
from tests.domain.sums import school_days_between

BANK_HOLIDAYS = frozenset(holidays.country_holidays("GB", subdiv="ENG", years=range(2024, 2029)))

#: School year: the first and last day of each term, the half terms, five training days.
YEARS = {
    "2024/25": (
        [("09-02", "12-20"), ("01-06", "04-04"), ("04-22", "07-22")],
        [("10-28", "11-01"), ("02-17", "02-21"), ("05-26", "05-30")],
        ["09-02", "09-03", "11-04", "01-06", "04-22"],
    ),
    "2025/26": (
        [("09-01", "12-19"), ("01-05", "03-27"), ("04-13", "07-20")],
        [("10-27", "10-31"), ("02-16", "02-20"), ("05-25", "05-29")],
        ["09-01", "10-24", "12-05", "06-01", "07-20"],
    ),
    "2026/27": (
        [("09-01", "12-18"), ("01-04", "03-25"), ("04-12", "07-21")],
        [("10-26", "10-30"), ("02-15", "02-19"), ("05-31", "06-04")],
        ["09-01", "10-23", "12-04", "05-28", "06-07"],
    ),
}
#: The last Sundays of October and March.
CLOCK_CHANGES = [
    date(2024, 10, 27),
    date(2025, 3, 30),
    date(2025, 10, 26),
    date(2026, 3, 29),
    date(2026, 10, 25),
    date(2027, 3, 28),
]


def day_of(label: str, month_day: str) -> date:
    first = int(label[:4])
    month, day = map(int, month_day.split("-"))
    return date(first if month >= 9 else first + 1, month, day)


def calendar(*, training: bool) -> SchoolCalendar:
    """Return a school's three years, with its training days, or as the network has them."""
    spans = [(label, span) for label, (found, _, _) in YEARS.items() for span in found]
    closures = [(label, span) for label, (_, found, _) in YEARS.items() for span in found]
    if training:
        closures += [(label, (day, day)) for label, (_, _, days) in YEARS.items() for day in days]
    return SchoolCalendar(
        tuple(TermDays(f"{x} {a}", day_of(x, a), day_of(x, b)) for x, (a, b) in spans),
        tuple(ClosedDays(day_of(x, a), day_of(x, b)) for x, (a, b) in closures),
        BANK_HOLIDAYS,
    )


NETWORK, SCHOOL = calendar(training=False), calendar(training=True)
FIRST_ON, LAST_ON = date(2024, 9, 2), date(2027, 7, 21)
EVERY_DAY = [FIRST_ON + timedelta(days=n) for n in range((LAST_ON - FIRST_ON).days + 1)]


def school_days(year: SchoolCalendar) -> list[date]:
    """Return the school days, as ticked on a wall planner."""
    closed = set(BANK_HOLIDAYS)
    for closure in year.closures:
        closed |= {d for d in EVERY_DAY if closure.first_on <= d <= closure.last_on}
    return [
        day
        for term in year.terms
        for day in EVERY_DAY
        if term.first_on <= day <= term.last_on and day.weekday() < 5 and day not in closed
    ]


@pytest.mark.parametrize("label", YEARS)
def test_a_school_year_has_the_days_that_the_law_asks_for(label):
    """A maintained school meets for 380 half days; 195 days less five for training."""
    first_on, last_on = terms.school_year_bounds(label)
    assert school_days_between(NETWORK, first_on, last_on) == 195
    assert school_days_between(SCHOOL, first_on, last_on) == 190


@pytest.mark.parametrize("year", [NETWORK, SCHOOL], ids=["network", "school"])
def test_the_days_counted_are_those_ticked_on_a_wall_planner(year):
    assert [day for day in EVERY_DAY if terms.is_school_day(year, day)] == school_days(year)


@pytest.mark.parametrize("year", [NETWORK, SCHOOL], ids=["network", "school"])
@pytest.mark.parametrize("days", [1, 2, 5, 10])
def test_from_every_day_of_three_years_a_deadline_is_the_nth_school_day_at_four(year, days):
    ticked = school_days(year)
    for day in EVERY_DAY:
        left = [one for one in ticked if one > day]
        if len(left) < days:
            break
        # At 8 in the morning or late at night: the first day does not count.
        for hour in (8, 23):
            start = datetime.combine(day, time(hour, 30), tzinfo=LONDON).astimezone(UTC)
            end = terms.add_school_days(year, start, days)
            assert (end.astimezone(LONDON).date(), end.tzinfo) == (left[days - 1], UTC)
            assert end.astimezone(LONDON).time() == time(16)


def test_four_in_the_afternoon_is_another_instant_on_either_side_of_each_clock_change():
    for sunday in CLOCK_CHANGES:
        friday = datetime.combine(sunday - timedelta(days=2), time(12), tzinfo=LONDON)
        before = terms.add_school_days(NETWORK, friday - timedelta(days=7), 1).hour
        after = terms.add_school_days(NETWORK, friday.astimezone(UTC), 1).hour
        assert (before, after) == ((15, 16) if sunday.month == 10 else (16, 15))


def test_no_deadline_lies_in_a_holiday_and_each_holiday_is_waited_for():
    for earlier, later in pairwise(NETWORK.terms):
        during = earlier.last_on
        while during < later.first_on - timedelta(days=1):
            start = datetime.combine(during, time(9), tzinfo=LONDON).astimezone(UTC)
            assert terms.add_school_days(NETWORK, start, 1).date() == later.first_on
            during += timedelta(days=1)


def test_a_training_day_of_one_school_moves_its_own_deadlines_only():
    thursday = datetime(2025, 12, 4, 12, 0, tzinfo=UTC)
    assert [
        terms.deadline_text(terms.add_school_days(year, thursday, 1)) for year in (NETWORK, SCHOOL)
    ] == ["Friday 5 December 2025, 4pm", "Monday 8 December 2025, 4pm"]
