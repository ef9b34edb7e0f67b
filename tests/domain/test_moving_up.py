"""Moving up happens once each school year, and pupils already in the new year are left alone."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import moving_up, terms
from booking.domain.moving_up import ListedYear, MovingFate

SCHOOL_YEARS = [f"{year}/{(year + 1) % 100:02d}" for year in range(2023, 2029)]
INTO = "2026/27"
pupils = st.builds(
    ListedYear,
    st.integers(min_value=-1, max_value=13),
    st.none() | st.sampled_from(SCHOOL_YEARS),
)


@given(pupils, st.integers(min_value=-1, max_value=13), st.booleans())
def test_moving_up_again_into_the_same_year_moves_nobody(listed, top_year, ticked):
    once = moving_up.move(listed, into=INTO, top_year=top_year, ticked=ticked)
    if once.fate is MovingFate.LEAVES:
        assert once.listed == listed  # off the list, as they were
        return
    again = moving_up.move(once.listed, into=INTO, top_year=top_year)
    assert (again.fate, again.listed) == (MovingFate.THERE, once.listed)


@given(pupils, st.booleans())
def test_whoever_is_in_the_new_year_already_stays_whatever_is_ticked(listed, ticked):
    moved = moving_up.move(
        ListedYear(listed.year_group, INTO), into=INTO, top_year=6, ticked=ticked
    )
    assert moved.fate is MovingFate.THERE
    assert moved.listed.year_group == listed.year_group


@given(pupils)
def test_a_pupil_moves_by_as_many_years_as_the_list_is_old(listed):
    moved = moving_up.move(listed, into=INTO, top_year=13)
    if moved.fate is MovingFate.MOVES:
        assert listed.school_year is not None
        years = int(INTO[:4]) - int(listed.school_year[:4])
        assert years > 0
        assert moved.listed == ListedYear(listed.year_group + years, INTO)


@given(st.integers(min_value=-1, max_value=13), st.sampled_from(SCHOOL_YEARS[:3]))
def test_whoever_is_ticked_stays_in_the_year_group_and_is_of_the_new_year(year_group, before):
    listed = ListedYear(year_group, before)
    moved = moving_up.move(listed, into=INTO, top_year=6, ticked=True)
    assert moved.listed == ListedYear(year_group, INTO)


def test_nobody_is_moved_on_a_guess():
    listed = ListedYear(5, None)
    assert moving_up.move(listed, into=INTO, top_year=6).listed == ListedYear(5, INTO)
    ticked = moving_up.move(listed, into=INTO, top_year=6, ticked=True)
    assert ticked.listed == ListedYear(6, INTO)


@pytest.mark.parametrize(
    ("today", "term_ends_on", "school_year"),
    [
        (date(2026, 7, 31), date(2026, 7, 21), "2025/26"),
        (date(2026, 8, 1), None, "2026/27"),
        (date(2026, 8, 27), date(2026, 7, 21), "2026/27"),
        (date(2026, 8, 5), date(2026, 8, 7), "2025/26"),
        (date(2026, 9, 1), None, "2026/27"),
        (date(2027, 2, 1), None, "2026/27"),
    ],
)
def test_from_august_on_a_list_is_of_the_next_year_once_term_is_over(
    today, term_ends_on, school_year
):
    assert moving_up.year_of_lists(today, term_ends_on) == school_year


@given(st.dates(min_value=date(2024, 1, 1), max_value=date(2030, 1, 1)))
def test_a_list_is_never_of_more_than_one_year_ahead(today):
    found = moving_up.year_of_lists(today, None)
    first_on, last_on = terms.school_year_bounds(found)
    assert first_on - timedelta(days=31) <= today <= last_on
