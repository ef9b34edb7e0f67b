"""By when a request about what is held is answered."""

import calendar
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import data_rights

DAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))
HOLIDAYS = st.frozensets(st.dates(date(2020, 1, 1), date(2061, 12, 31)), max_size=40)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        # The ICO's own example, and a month without such a day, in a leap year and in another.
        (date(2026, 9, 3), date(2026, 10, 5)),
        (date(2025, 9, 3), date(2025, 10, 3)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2027, 1, 31), date(2027, 3, 1)),
        (date(2026, 11, 30), date(2026, 12, 30)),
        (date(2026, 12, 31), date(2027, 2, 1)),
        # Christmas Day is a Friday, and Boxing Day is taken on the Monday.
        (date(2026, 11, 25), date(2026, 12, 29)),
    ],
)
def test_a_month_ends_on_the_same_day_or_the_last_and_on_no_day_of_rest(received, due):
    christmas = {date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)}

    assert data_rights.answer_by(received, christmas) == due


@given(received=DAYS, holidays=HOLIDAYS, months=st.sampled_from([1, 3]))
def test_the_last_day_is_the_first_from_the_end_of_the_month_that_is_none_of_rest(
    received, holidays, months
):
    due = data_rights.answer_by(received, holidays, months=months)
    number = received.year * 12 + received.month - 1 + months
    year, month = number // 12, number % 12 + 1
    ends = [date(year, month, day) for day in range(1, calendar.monthrange(year, month)[1] + 1)]
    last = ends[min(received.day, len(ends)) - 1]

    assert last <= due
    assert due.weekday() < 5
    assert due not in holidays
    between = (last + timedelta(days=n) for n in range((due - last).days))
    assert all(on.weekday() >= 5 or on in holidays for on in between)


@given(received=DAYS, later=st.integers(0, 400), holidays=HOLIDAYS)
def test_nobody_who_asked_earlier_is_answered_later(received, later, holidays):
    first = data_rights.answer_by(received, holidays)
    second = data_rights.answer_by(received + timedelta(days=later), holidays)

    assert first <= second
    assert first < data_rights.answer_by(received, holidays, months=data_rights.MONTHS_IF_COMPLEX)


def test_it_is_urgent_a_week_before_and_can_be_put_off_until_the_day_itself():
    due = date(2026, 12, 14)

    assert [data_rights.is_soon(due, date(2026, 12, day)) for day in (6, 7, 20)] == [0, 1, 1]
    assert [data_rights.may_take_longer(due, date(2026, 12, day)) for day in (14, 15)] == [1, 0]


@given(day=DAYS, hour=st.integers(0, 23), is_told=st.booleans())
def test_nobody_is_told_of_the_end_of_a_restriction_after_it(day, hour, is_told):
    now = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)

    ends_at = data_rights.lifts_at(now, is_told=is_told)

    assert ends_at - now == (timedelta() if is_told else data_rights.LIFT_NOTICE)
