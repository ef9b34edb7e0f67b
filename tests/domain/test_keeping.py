"""Nothing goes before its time, and everything goes soon after: on every day of many years."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import keeping, terms
from booking.domain.keeping import KeepingTime

instants = st.datetimes(datetime(1995, 1, 1), datetime(2096, 12, 31), timezones=st.just(UTC))
numbers = st.integers(1, 7)
DAY = timedelta(days=1)


def end_of_school_year(at: datetime) -> date:
    """Return the last day of the school year that an instant is in, by the calendar alone."""
    on = terms.london(at).date()
    return date(on.year + (on.month >= 9), 8, 31)


@given(instants, instants, numbers)
def test_school_years_are_counted_from_the_end_of_the_one_it_was_in(ended, now, years):
    kept_until = end_of_school_year(ended).replace(year=end_of_school_year(ended).year + years)

    is_over = ended <= KeepingTime("the event", school_years=years).over(now)

    assert is_over == (terms.london(now).date() > kept_until)


@given(instants, instants, numbers)
def test_years_are_whole_and_end_a_day_late_at_most(ended, now, years):
    if ended <= KeepingTime("the event", years=years).over(now):
        assert (now.year - ended.year, now.month, now.day) >= (years, ended.month, ended.day)
    elif (now.year - ended.year) * 366 > years * 366 + 366:
        pytest.fail("it was kept for a year too long")
    else:
        late = now - DAY
        assert (late.year - ended.year, late.month, late.day) <= (years, ended.month, ended.day)


@given(instants, st.integers(0, 400))
def test_days_are_days(now, days):
    assert KeepingTime("it", days=days).over(now) == now - timedelta(days=days)


@given(instants, instants, numbers)
def test_what_was_over_stays_over(one, other, number):
    earlier, later = sorted((one, other))
    for unit in ("days", "years", "school_years"):
        time = KeepingTime("it", **{unit: number})
        assert time.over(earlier) <= time.over(later)


@pytest.mark.parametrize(
    ("ended", "last_kept", "gone"),
    [
        # The last minute of a school year in British Summer Time, and the first of the next.
        ("2026-08-31T22:59:00", "2027-08-31T22:59:00", "2027-08-31T23:00:00"),
        ("2026-08-31T23:00:00", "2028-08-31T22:59:00", "2028-08-31T23:00:00"),
        ("2028-02-29T12:00:00", "2029-08-31T22:59:00", "2029-08-31T23:00:00"),
    ],
)
def test_a_booking_keeps_its_name_until_a_year_after_the_school_year(ended, last_kept, gone):
    at = {name: datetime.fromisoformat(t).replace(tzinfo=UTC) for name, t in locals().items()}
    time = keeping.families.BOOKINGS

    assert at["ended"] > time.over(at["last_kept"])
    assert at["ended"] <= time.over(at["gone"])


def test_what_ended_on_29_february_is_kept_until_1_march():
    ended = datetime(2028, 2, 29, 12, tzinfo=UTC)
    year = KeepingTime("it", years=1)

    assert ended > year.over(datetime(2029, 2, 28, 11, 59, tzinfo=UTC))
    assert ended > year.over(datetime(2029, 2, 28, 23, 59, tzinfo=UTC))
    assert ended <= year.over(datetime(2029, 3, 1, 12, tzinfo=UTC))


def test_the_table_says_how_long_in_words():
    assert KeepingTime("the event", days=1).words == "1 day after the event"
    assert KeepingTime("the event", years=3).words == "three years after the event"
    assert keeping.families.BOOKINGS.how_long == (
        "one year after the school year of the event, unless an incident of the pupil is kept"
    )
    told = [row for _whose, rows in keeping.by_whom() for row in rows]
    assert len(told) == len(keeping.TABLE)
    assert all(all(cells) for cells in told)
