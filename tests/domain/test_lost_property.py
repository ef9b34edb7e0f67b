"""Things left behind: how long they are kept, and that every mistake is undone."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import lost_property
from booking.domain.lost_property import LostState, MoveNotAllowed

TODAY = date(2027, 6, 11)


@given(st.integers(-400, 400))
def test_a_thing_is_kept_for_a_week_at_least_and_three_months_at_most(days):
    problem = lost_property.kept_until_problem(TODAY + timedelta(days=days), TODAY)

    assert bool(problem) is not (7 <= days <= 90)


@given(st.sampled_from(LostState), st.integers(-40, 40))
def test_nothing_goes_before_the_day_that_the_schools_were_told(state, days):
    gone = lost_property.may_dispose(state, TODAY, TODAY + timedelta(days=days))

    assert gone is (state is LostState.LISTED and days > 0)


@given(st.lists(st.sampled_from(LostState), max_size=8))
def test_whatever_was_pressed_the_thing_can_be_put_back_on_the_list(pressed):
    state = LostState.LISTED
    for to in pressed:
        if to in lost_property.MOVES[state]:
            state = lost_property.move(state, to)

    if state is not LostState.LISTED:
        assert lost_property.move(state, LostState.LISTED) is LostState.LISTED


def test_what_a_school_has_asked_for_does_not_go():
    with pytest.raises(MoveNotAllowed):
        lost_property.move(LostState.CLAIMED, LostState.DISPOSED)
