"""Year groups are read, named and compared as ordinals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import year_groups

ORDINALS = st.sampled_from(list(year_groups.ALL))
RANGES = st.tuples(ORDINALS, ORDINALS).map(lambda years: (min(years), max(years)))


@pytest.mark.parametrize(
    ("text", "ordinal"),
    [
        ("Year 5", 5),
        ("5", 5),
        ("Y5", 5),
        ("Yr 5", 5),
        ("yr.5", 5),
        ("YEAR  05", 5),
        ("Year 13", 13),
        ("0", 0),
        ("R", 0),
        ("YR", 0),
        ("Rec", 0),
        ("Reception", 0),
        ("Year R", 0),
        ("N", -1),
        ("N1", -1),
        ("N2", -1),
        ("Nursery", -1),
        ("Lower Sixth", 12),
        ("\u00a0Year\u00a05 ", 5),
        ("F1", -1),
        ("FS1", -1),
        ("F2", 0),
        ("FS2", 0),
        ("Foundation Stage 2", 0),
        ("Reception Class", 0),
        ("5.0", 5),
        ("Curriculum Year  5", 5),
        ("Curric. Year 5", 5),
        ("NC Year 5", 5),
        ("National Curriculum Year 5", 5),
        ("Year Group 5", 5),
    ],
)
def test_year_group_is_read_as_schools_write_it(text, ordinal):
    assert year_groups.parse(text) == ordinal


@pytest.mark.parametrize(
    "text",
    [
        *("", "14", "Year 14", "-1", "Oak", "Year", "5.5", "Years 5-6", "5/6", "Year 5 and 6"),
        *("5th", "5th form", "5 years", "5 yrs old", "5y", "14A", "2016", "5 6", "05/09/2016"),
        *("Oak 5", "Receptionist", "Year Oak", "5A/6A", "Form 5", "Class"),
    ],
)
def test_text_that_is_no_year_group_is_refused_with_what_to_write(text):
    with pytest.raises(year_groups.NotAYearGroup, match="Write Nursery, Reception, or Year 1"):
        year_groups.parse(text)


@pytest.mark.parametrize(
    ("text", "year", "name"),
    [
        ("5A", 5, "5A"),
        ("05A", 5, "5A"),
        ("Year 5A", 5, "5A"),
        ("Year 5 - Oak", 5, "Oak"),
        ("Year 5 Oak", 5, "Oak"),
        ("Y5 (St. Anne’s)", 5, "St. Anne’s"),
        ("Y5 (Oak)", 5, "Oak"),
        ("10 Oak & Ash", 10, "Oak & Ash"),
        ("Reception - Oak", 0, "Oak"),
        ("FS2 Oak", 0, "Oak"),
        ("Nursery PM", -1, "PM"),
        ("Year 5 - 5A", 5, "5A"),
        ("Reception 0A", 0, "0A"),
        ("Year 5", 5, ""),
    ],
)
def test_a_class_behind_the_year_is_read_with_it(text, year, name):
    assert year_groups.parse_with_class(text) == (year, name)


@given(st.text(st.sampled_from("5R YyearOakclsnf12-–(). ") | st.characters(), max_size=14))
def test_whatever_is_read_is_a_year_group_that_can_be_read_again(text):
    try:
        year, name = year_groups.parse_with_class(text)
    except year_groups.NotAYearGroup:
        return
    written = f"{year_groups.name(year)} - {name}" if name else year_groups.name(year)
    assert year_groups.parse_with_class(written)[0] == year


@given(ORDINALS)
def test_names_are_read_back(ordinal):
    assert year_groups.parse(year_groups.name(ordinal)) == ordinal
    assert year_groups.parse(year_groups.short(ordinal)) == ordinal


@pytest.mark.parametrize(
    ("low", "high", "written"),
    [
        (3, 6, "Years 3 to 6"),
        (5, 5, "Year 5"),
        (0, 2, "Reception to Year 2"),
        (-1, 6, "Nursery to Year 6"),
        (-1, 0, "Nursery to Reception"),
        (0, 0, "Reception"),
    ],
)
def test_range_is_named(low, high, written):
    assert year_groups.range_name(low, high) == written


def test_range_that_runs_backwards_or_outside_school_is_refused():
    with pytest.raises(year_groups.NotAYearGroup, match="no higher than Year 3"):
        year_groups.range_name(6, 3)
    with pytest.raises(year_groups.NotAYearGroup, match="14 is not a year group"):
        year_groups.name(14)


@pytest.mark.parametrize(
    ("ages", "years"),
    [
        ((3, 11), (-1, 6)),
        ((4, 11), (0, 6)),
        ((5, 9), (1, 4)),
        ((9, 13), (5, 8)),
        ((11, 16), (7, 11)),
        ((11, 18), (7, 13)),
        ((11, 19), (7, 13)),
        ((13, 18), (9, 13)),
        ((3, 18), (-1, 13)),
        ((2, 4), (-1, -1)),
        ((16, 25), (12, 13)),
    ],
)
def test_statutory_ages_become_year_groups(ages, years):
    assert year_groups.from_ages(*ages) == years


@pytest.mark.parametrize("ages", [(18, 25), (11, 11), (16, 11), (0, 3)])
def test_ages_that_hold_no_year_are_refused(ages):
    with pytest.raises(year_groups.NotAYearGroup, match="No year from Nursery"):
        year_groups.from_ages(*ages)


@given(RANGES)
def test_ages_of_a_range_give_the_range_back(years):
    low, high = years
    assert year_groups.from_ages(low + 4, high + 5) == years


@given(RANGES, RANGES)
def test_overlap_holds_exactly_the_years_of_both(a, b):
    both = set(range(a[0], a[1] + 1)) & set(range(b[0], b[1] + 1))
    shared = year_groups.overlap(a, b)
    assert (set(range(shared[0], shared[1] + 1)) if shared else set()) == both
    assert shared == year_groups.overlap(b, a)


def test_eligible_roll_is_the_roll_spread_over_the_years():
    assert year_groups.eligible_roll(210, (0, 6), (5, 6)) == 60
    assert year_groups.eligible_roll(240, (-1, 6), (5, 6)) == 60
    assert year_groups.eligible_roll(3, (-1, 6), (6, 6)) == 1
    assert year_groups.eligible_roll(500, (7, 11), (5, 6)) == 0


@given(st.integers(0, 3_000), RANGES, RANGES)
def test_eligible_roll_is_within_half_a_pupil_of_the_exact_share(roll, school, event):
    estimate = year_groups.eligible_roll(roll, school, event)
    shared = year_groups.overlap(school, event)
    if shared is None:
        assert estimate == 0
        return
    years, eligible = school[1] - school[0] + 1, shared[1] - shared[0] + 1
    assert estimate >= 1
    assert estimate == 1 or abs(2 * (estimate * years - roll * eligible)) <= years
    assert estimate <= max(1, roll)
