"""Which days a statement covers, and what it is compared with."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import terms
from booking.domain.ledger import periods

DAYS = st.dates(date(2001, 9, 1), date(2099, 8, 31))


def test_a_school_year_is_called_so_and_compared_with_the_one_before():
    year = periods.of_year(" 2026/27 ")

    assert year == periods.Period(
        date(2026, 9, 1), date(2027, 8, 31), "School year 2026/27", "2026/27"
    )
    assert year.before == date(2026, 8, 31)
    assert year.arguments == {"year": "2026/27"}
    assert year.last_year == periods.of_year("2025/26")


def test_days_are_said_and_compared_with_the_same_days_a_year_before():
    term = periods.of_dates(date(2028, 2, 29), date(2028, 4, 5))

    assert (term.words, term.year) == ("29 February 2028 to 5 April 2028", "")
    assert term.arguments == {"from": "2028-02-29", "to": "2028-04-05"}
    assert term.last_year == periods.of_dates(date(2027, 2, 28), date(2027, 4, 5))


@given(DAYS, DAYS)
def test_a_period_keeps_its_days_or_is_refused(first_on, last_on):
    if last_on < first_on:
        with pytest.raises(periods.DaysOutOfOrder, match=r"^The last day comes before .* two\.$"):
            periods.of_dates(first_on, last_on)
        return
    made = periods.of_dates(first_on, last_on)
    assert (made.first_on, made.last_on) == (first_on, last_on)
    assert made.before + timedelta(days=1) == first_on
    assert abs((first_on - made.last_year.first_on).days - 365) <= 1


def test_a_day_of_another_century_is_a_slip():
    one_day = periods.of_dates(date(2000, 9, 1), date(2000, 9, 1))
    assert one_day.first_on == one_day.last_on
    assert periods.of_dates(date(2099, 8, 31), date(2099, 8, 31))
    for first_on, last_on in (
        (date(2000, 8, 31), date(2001, 1, 1)),
        (date(2099, 1, 1), date(2099, 9, 1)),
    ):
        with pytest.raises(periods.DaysOutOfOrder, match=r"^Choose days of this century\.$"):
            periods.of_dates(first_on, last_on)
    with pytest.raises(periods.DaysOutOfOrder):
        periods.of_year("1999/00")


@given(st.dates(date(2015, 1, 1), date(2030, 1, 1)), st.integers(0, 3000))
def test_the_years_since_a_day_are_listed_newest_first(today, days):
    first_on = today - timedelta(days=days)
    years = periods.years_between(first_on, today)

    assert years[0] == terms.school_year(today)
    assert years[-1] == terms.school_year(first_on)
    assert years == sorted(set(years), reverse=True)


def test_without_a_first_day_there_is_this_year_alone():
    assert periods.years_between(None, date(2026, 9, 1)) == ["2026/27"]
    assert periods.years_between(date(2026, 8, 31), date(2026, 9, 1)) == ["2026/27", "2025/26"]
