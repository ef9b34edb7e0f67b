"""Which term a day is in, and when a promise lapses."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from booking.domain import bidding, terms
from booking.domain.terms import SchoolCalendar, TermDays
from tests.domain.sums import school_days_between

LONDON = ZoneInfo("Europe/London")
KNOWN = (
    TermDays("Autumn term 2026", date(2026, 9, 3), date(2026, 12, 18)),
    TermDays("Spring term 2027", date(2027, 1, 5), date(2027, 3, 25)),
    TermDays("Summer term 2027", date(2027, 4, 12), date(2027, 7, 21)),
)
DAYS = st.dates(date(2025, 1, 1), date(2029, 12, 31))
SOME = st.sets(st.sampled_from(KNOWN)).map(tuple)


def test_a_day_of_a_term_and_the_holiday_after_it_are_of_that_term():
    spring = bidding.Span("Spring term 2027", date(2027, 1, 5), date(2027, 4, 11))

    for day in (date(2027, 1, 5), date(2027, 3, 25), date(2027, 4, 11)):
        assert bidding.term_of(KNOWN, day) == spring
    assert bidding.term_of(KNOWN, date(2027, 4, 12)).name == "Summer term 2027"


def test_the_summer_holiday_ends_where_the_next_school_year_is_supposed_to_begin():
    span = bidding.term_of(KNOWN, date(2027, 8, 31))

    assert (span.name, span.last_on) == ("Summer term 2027", date(2027, 8, 31))
    assert bidding.term_of(KNOWN, date(2027, 9, 1)).name == "Autumn term 2027"


def test_a_network_without_terms_has_three_a_year():
    names = [bidding.term_of((), date(2027, month, 15)).name for month in (3, 4, 8, 9, 12)]

    assert names == [
        "Spring term 2027",
        "Summer term 2027",
        "Summer term 2027",
        "Autumn term 2027",
        "Autumn term 2027",
    ]


@given(SOME, DAYS)
def test_each_day_is_of_one_term_and_all_its_days_agree(known, day):
    span = bidding.term_of(known, day)

    assert span.first_on <= day <= span.last_on
    for other in (span.first_on, span.last_on):
        assert bidding.term_of(known, other) == span


@given(SOME, DAYS)
def test_terms_follow_one_another_without_a_gap(known, day):
    span = bidding.term_of(known, day)

    assert bidding.term_of(known, span.last_on + timedelta(days=1)).first_on == (
        span.last_on + timedelta(days=1)
    )


@given(DAYS, st.integers(-60, 60), st.integers(1, 60))
def test_a_promise_lapses_on_a_school_day_after_approval_and_event(day, before, days):
    calendar = SchoolCalendar(KNOWN)
    approved_at = datetime(day.year, day.month, day.day, 10, tzinfo=LONDON)
    takes_place_on = day + timedelta(days=before)

    lapses_at = bidding.last_moment(calendar, approved_at, takes_place_on, days)

    lapses_on = terms.london(lapses_at).date()
    assert terms.is_school_day(calendar, lapses_on)
    assert lapses_on > max(day, takes_place_on)
    first_on = max(day, takes_place_on) + timedelta(days=1)
    assert school_days_between(calendar, first_on, lapses_on) == days
