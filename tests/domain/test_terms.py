"""School days, deadlines on them, school years and written dates."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import terms
from booking.domain.terms import ClosedDays, SchoolCalendar, TermDays
from tests.domain.sums import school_days_between

BANK_HOLIDAYS = frozenset(
    {
        date(2025, 12, 25),
        date(2025, 12, 26),
        date(2026, 1, 1),
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 5, 4),
        date(2026, 5, 25),
        date(2026, 8, 31),
        date(2026, 12, 25),
        date(2026, 12, 28),
        date(2027, 1, 1),
        date(2027, 3, 26),
        date(2027, 3, 29),
    }
)
MILL_LANE = SchoolCalendar(
    terms=(
        TermDays("Spring 2026", date(2026, 1, 5), date(2026, 3, 27)),
        TermDays("Autumn 2025", date(2025, 9, 2), date(2025, 12, 19)),
        TermDays("Summer 2026", date(2026, 4, 13), date(2026, 7, 21)),
    ),
    closures=(
        ClosedDays(date(2025, 10, 27), date(2025, 10, 31), "Half term"),
        ClosedDays(date(2026, 2, 16), date(2026, 2, 20), "Half term"),
        ClosedDays(date(2026, 5, 25), date(2026, 5, 29), "Half term"),
        ClosedDays(date(2026, 6, 29), date(2026, 6, 29), "Training day"),
    ),
    bank_holidays=BANK_HOLIDAYS,
)
UNKNOWN = SchoolCalendar(bank_holidays=BANK_HOLIDAYS)
CALENDARS = st.sampled_from([MILL_LANE, UNKNOWN])
INSTANTS = st.datetimes(
    datetime(2023, 1, 1),
    datetime(2029, 12, 31),
    timezones=st.just(UTC),
)
DATES = st.dates(date(2023, 1, 1), date(2029, 12, 31))


def deadline(start: datetime, days: int, calendar: SchoolCalendar = MILL_LANE) -> str:
    """The deadline as people read it."""
    return terms.deadline_text(terms.add_school_days(calendar, start, days))


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        # An ordinary week, then a Friday night.
        (datetime(2026, 6, 8, 9, 0, tzinfo=UTC), 2, "Wednesday 10 June 2026, 4pm"),
        (datetime(2026, 6, 12, 22, 30, tzinfo=UTC), 1, "Monday 15 June 2026, 4pm"),
        # The Friday before half term, and a day in the middle of it.
        (datetime(2026, 5, 22, 14, 0, tzinfo=UTC), 1, "Monday 1 June 2026, 4pm"),
        (datetime(2026, 5, 27, 14, 0, tzinfo=UTC), 2, "Tuesday 2 June 2026, 4pm"),
        # Over Easter, and over a bank holiday in term.
        (datetime(2026, 3, 26, 14, 0, tzinfo=UTC), 2, "Monday 13 April 2026, 4pm"),
        (datetime(2026, 5, 1, 14, 0, tzinfo=UTC), 1, "Tuesday 5 May 2026, 4pm"),
        # A training day is not a school day.
        (datetime(2026, 6, 26, 8, 0, tzinfo=UTC), 1, "Tuesday 30 June 2026, 4pm"),
        # At 11:30pm UTC in summer it is already the next day in London.
        (datetime(2026, 6, 8, 23, 30, tzinfo=UTC), 1, "Wednesday 10 June 2026, 4pm"),
        # Past the last known term: through the summer holiday into September.
        (datetime(2026, 7, 20, 9, 0, tzinfo=UTC), 2, "Tuesday 1 September 2026, 4pm"),
    ],
)
def test_deadline_counts_school_days_only(start, days, expected):
    assert deadline(start, days) == expected


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        # The clocks go forward on 29 March 2026 and back on 25 October 2026.
        (datetime(2026, 3, 27, 12, 0, tzinfo=UTC), datetime(2026, 3, 30, 15, 0, tzinfo=UTC)),
        (datetime(2026, 10, 23, 12, 0, tzinfo=UTC), datetime(2026, 10, 26, 16, 0, tzinfo=UTC)),
        (datetime(2027, 3, 25, 12, 0, tzinfo=UTC), datetime(2027, 3, 30, 15, 0, tzinfo=UTC)),
        (datetime(2027, 10, 29, 12, 0, tzinfo=UTC), datetime(2027, 11, 1, 16, 0, tzinfo=UTC)),
    ],
)
def test_deadline_is_four_in_london_on_both_sides_of_a_clock_change(start, expected):
    assert terms.add_school_days(UNKNOWN, start, 1) == expected


def test_weekdays_stand_in_where_no_term_is_known():
    friday = datetime(2026, 10, 23, 12, 0, tzinfo=UTC)
    assert deadline(friday, 1, UNKNOWN) == "Monday 26 October 2026, 4pm"
    assert deadline(datetime(2026, 12, 18, 12, 0, tzinfo=UTC), 3, UNKNOWN) == (
        "Tuesday 5 January 2027, 4pm"
    )
    assert deadline(datetime(2027, 8, 4, 12, 0, tzinfo=UTC), 1, UNKNOWN) == (
        "Wednesday 1 September 2027, 4pm"
    )


def test_missing_year_between_known_terms_is_not_one_long_holiday():
    calendar = SchoolCalendar(
        terms=(
            TermDays("Summer 2025", date(2025, 4, 22), date(2025, 7, 22)),
            TermDays("Autumn 2026", date(2026, 9, 2), date(2026, 12, 18)),
        )
    )
    assert terms.is_school_day(calendar, date(2026, 2, 3))
    assert not terms.is_school_day(MILL_LANE, date(2026, 4, 8))


def test_calendar_closed_for_ever_is_refused_and_not_searched_for_ever():
    closed = SchoolCalendar(closures=(ClosedDays(date(2026, 1, 1), date(2036, 1, 1)),))
    with pytest.raises(terms.NoSchoolDay):
        terms.add_school_days(closed, datetime(2026, 6, 1, tzinfo=UTC), 1)


def test_terms_out_of_order_are_refused():
    with pytest.raises(terms.TermsOutOfOrder, match="Spring ends before it starts"):
        TermDays("Spring", date(2026, 3, 27), date(2026, 1, 5))
    with pytest.raises(terms.TermsOutOfOrder, match="The closure ends before it starts"):
        ClosedDays(date(2026, 3, 27), date(2026, 1, 5))
    with pytest.raises(terms.TermsOutOfOrder, match="Late starts before Early has ended"):
        SchoolCalendar(
            (
                TermDays("Late", date(2026, 2, 1), date(2026, 3, 1)),
                TermDays("Early", date(2026, 1, 1), date(2026, 2, 1)),
            )
        )


@given(CALENDARS, INSTANTS, st.integers(1, 15), st.sampled_from([time(9), time(16), time(23, 59)]))
def test_deadline_falls_at_its_hour_on_the_nth_school_day(calendar, start, days, at):
    end = terms.add_school_days(calendar, start, days, at)
    local = terms.london(end)
    assert end.tzinfo is UTC
    assert end > start
    assert local.time() == at
    assert terms.is_school_day(calendar, local.date())
    first_on = terms.london(start).date() + timedelta(days=1)
    assert school_days_between(calendar, first_on, local.date()) == days


@given(CALENDARS, INSTANTS, INSTANTS, st.integers(1, 8))
def test_later_start_or_more_days_never_brings_a_deadline_forward(calendar, a, b, days):
    early, late = min(a, b), max(a, b)
    end = terms.add_school_days(calendar, early, days)
    assert end <= terms.add_school_days(calendar, late, days)
    assert end < terms.add_school_days(calendar, early, days + 1)


@given(CALENDARS, DATES)
def test_no_school_on_weekends_bank_holidays_or_closures(calendar, on):
    if terms.is_school_day(calendar, on):
        assert on.weekday() < 5
        assert on not in calendar.bank_holidays
        assert not any(c.first_on <= on <= c.last_on for c in calendar.closures)


@pytest.mark.parametrize(
    ("on", "label"),
    [
        (date(2026, 8, 31), "2025/26"),
        (date(2026, 9, 1), "2026/27"),
        (date(2027, 6, 12), "2026/27"),
        (date(1999, 12, 1), "1999/00"),
    ],
)
def test_school_year_runs_from_september(on, label):
    assert terms.school_year(on) == label


@given(DATES)
def test_every_day_lies_in_its_school_year(on):
    first_on, last_on = terms.school_year_bounds(terms.school_year(on))
    assert first_on <= on <= last_on
    assert terms.school_year(first_on) == terms.school_year(last_on) == terms.school_year(on)


@pytest.mark.parametrize("label", ["2026", "2026/28", "2026-27", "26/27", "", "2026/2027"])
def test_text_that_is_no_school_year_is_refused(label):
    with pytest.raises(terms.NotASchoolYear, match="Write it like 2026/27"):
        terms.school_year_bounds(label)


def test_times_are_written_for_people():
    starts_at = datetime(2026, 6, 12, 8, 15, tzinfo=UTC)
    same_day = datetime(2026, 6, 12, 13, 45, tzinfo=UTC)
    next_day = datetime(2026, 6, 13, 13, 45, tzinfo=UTC)
    assert terms.day_text(date(2026, 6, 12)) == "Friday 12 June 2026"
    assert terms.span_text(starts_at, same_day) == "Friday 12 June 2026, 9:15am to 2:45pm"
    assert terms.span_text(starts_at, next_day) == (
        "Friday 12 June 2026, 9:15am to Saturday 13 June 2026, 2:45pm"
    )
    assert terms.in_sentence(starts_at) == "9:15am on Friday 12 June 2026"
    written = [terms.time_text(time(hour)) for hour in (0, 9, 12, 16)]
    assert written == ["midnight", "9am", "midday", "4pm"]
    assert terms.time_text(time(12, 5)) == "12:05pm"
    assert terms.time_text(time(0, 5)) == "12:05am"


@given(DATES)
def test_written_days_are_the_days_of_the_calendar(on):
    assert terms.day_text(on) == f"{on:%A} {on.day} {on:%B} {on.year}"


@given(st.times())
def test_every_minute_of_the_day_is_written_differently(at):
    other = (datetime.combine(date(2026, 1, 1), at) + timedelta(minutes=1)).time()
    assert terms.time_text(at) != terms.time_text(other)


@given(CALENDARS, DATES)
def test_a_day_is_closed_for_a_reason_and_a_school_day_for_none(calendar, on):
    assert (terms.why_closed(calendar, on) == "") == terms.is_school_day(calendar, on)


@pytest.mark.parametrize(
    ("on", "why"),
    [
        (date(2026, 6, 12), ""),
        (date(2026, 12, 25), "a bank holiday"),
        (date(2026, 6, 13), "at a weekend"),
        (date(2026, 6, 29), "a day when the school is closed (Training day)"),
        (date(2026, 4, 8), "in the school holidays"),
    ],
)
def test_why_a_day_is_closed_is_said_in_words(on, why):
    assert terms.why_closed(MILL_LANE, on) == why
