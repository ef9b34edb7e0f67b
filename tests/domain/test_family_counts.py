"""Counts of families side by side: nobody can work out a small group from what is shown."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain.charging import FamilyCounts, shown_counts

group = st.integers(0, 12)


@given(group, group, group)
def test_no_sum_or_difference_of_what_is_shown_is_a_small_group(received, remitted, neither):
    shown = shown_counts(asked=received + remitted + neither, received=received, remitted=remitted)

    seen = [count for count in (shown.asked, shown.received, shown.remitted) if count is not None]
    for signs in product((-1, 0, 1), repeat=len(seen)):
        worked_out = sum(sign * count for sign, count in zip(signs, seen, strict=True))
        is_a_group = worked_out in {
            received,
            remitted,
            neither,
            received + neither,
            remitted + neither,
            received + remitted,
        }
        assert not (is_a_group and 0 < worked_out < 5)


@given(group, group, group)
def test_what_is_shown_is_true(received, remitted, neither):
    asked = received + remitted + neither
    shown = shown_counts(asked=asked, received=received, remitted=remitted)

    assert shown.asked in {asked, None}
    assert shown.received in {received, None}
    assert shown.remitted in {remitted, None}


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((20, 10, 5), FamilyCounts(20, 10, 5)),
        ((20, 20, 0), FamilyCounts(20, 20, 0)),
        ((20, 19, 0), FamilyCounts(None, 19, None)),
        ((20, 15, 1), FamilyCounts(None, 15, None)),
        ((20, 3, 7), FamilyCounts(None, None, None)),
        ((4, 4, 0), FamilyCounts(None, None, None)),
    ],
)
def test_examples(counts, shown):
    asked, received, remitted = counts

    assert shown_counts(asked=asked, received=received, remitted=remitted) == shown
