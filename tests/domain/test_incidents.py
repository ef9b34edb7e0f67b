"""How long the record of an incident is kept."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from booking.domain import incidents, terms
from booking.domain.incidents import KeptFor

DAYS = st.dates(date(2024, 1, 1), date(2060, 12, 31))
#: Reception to Year 13.
YEARS = st.integers(0, 13)


@given(DAYS, YEARS, st.sampled_from(KeptFor))
def test_a_record_is_kept_for_a_year_at_least_and_never_beyond_the_age_of_25(
    happened_on, year_group, kept
):
    until = incidents.kept_until(kept, happened_on, year_group)

    assert (until - happened_on).days >= 365
    _, this_year = terms.school_year_bounds(terms.school_year(happened_on))
    youngest_turns_five = this_year.year - year_group
    assert until <= date(youngest_turns_five + 20, 8, 31)
    if kept is KeptFor.GROWN_UP:
        assert until == date(youngest_turns_five + 20, 8, 31)


@given(DAYS, st.sampled_from(KeptFor))
def test_what_is_about_no_pupil_is_not_kept_for_decades(happened_on, kept):
    assert (incidents.kept_until(kept, happened_on, None) - happened_on).days <= 3 * 366


def test_examples_of_how_long_a_record_is_kept():
    on = date(2026, 6, 16)

    assert incidents.kept_until(KeptFor.NEXT_YEAR, on, 4) == date(2027, 8, 31)
    assert incidents.kept_until(KeptFor.THREE_YEARS, on, 4) == date(2029, 6, 16)
    assert incidents.kept_until(KeptFor.THREE_YEARS, date(2028, 2, 29), 4) == date(2031, 3, 1)
    assert incidents.kept_until(KeptFor.GROWN_UP, on, 4) == date(2042, 8, 31)
    assert incidents.kept_until(KeptFor.GROWN_UP, on, None) == date(2027, 8, 31)
