"""Deadlines proposed from the date of an event."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import deadlines, terms
from booking.domain.deadlines import ASKING, CLAIMING, NAMING, answering
from tests.domain.sums import school_days_between
from tests.domain.test_terms import CALENDARS, DATES, MILL_LANE


def proposed(after, event_on, reply_days=5, calendar=MILL_LANE):
    """Return the proposal for a fair round before an event on a day."""
    steps = (ASKING, NAMING, answering(reply_days))
    last_on = event_on - timedelta(days=1)
    return deadlines.propose(calendar, steps, after=after, last_on=last_on)


def said(proposal):
    return [terms.deadline_text(at) for at in proposal.ends_at]


def test_with_time_enough_each_step_has_its_usual_length_and_asking_what_is_left():
    long_before = proposed(date(2026, 1, 5), date(2026, 6, 12))

    assert said(long_before) == ["Thursday 7 May 2026, 4pm", "Thursday 21 May 2026, 4pm"]
    assert long_before.lengths == (10, 10, 10)
    assert not long_before.is_squeezed


def test_at_short_notice_all_are_shortened_but_not_the_parents_days():
    squeezed = proposed(date(2026, 4, 13), date(2026, 5, 6))

    assert squeezed.lengths == (5, 4, 6)
    assert said(squeezed) == ["Monday 20 April 2026, 4pm", "Friday 24 April 2026, 4pm"]
    assert squeezed.is_squeezed


def test_too_short_a_notice_is_said_with_what_is_needed():
    with pytest.raises(deadlines.NotEnoughTime) as refused:
        proposed(date(2026, 4, 13), date(2026, 4, 20))

    assert str(refused.value) == (
        "Only 4 school days are left, and 10 are needed: 2 for schools to ask, 3 for schools to "
        "name their pupils and 5 for parents to answer."
    )


@given(
    CALENDARS,
    DATES,
    st.integers(-20, 400),
    st.integers(1, 20),
    st.sampled_from([ASKING, CLAIMING]),
)
def test_deadlines_are_ahead_in_order_on_school_days_and_leave_everybody_their_time(
    calendar, today, ahead, reply_days, first
):
    event_on = today + timedelta(days=ahead)
    steps = (first, NAMING, answering(reply_days))
    last_on = event_on - timedelta(days=1)
    tomorrow = today + timedelta(days=1)
    left = school_days_between(calendar, tomorrow, last_on)
    try:
        found = deadlines.propose(calendar, steps, after=today, last_on=last_on)
    except deadlines.NotEnoughTime:
        assert left < first.least + NAMING.least + reply_days
        return

    days = [terms.london(at).date() for at in found.ends_at]
    assert today < days[0] < days[1] < event_on
    assert {terms.london(at).time() for at in found.ends_at} == {terms.DEADLINE_AT}
    assert all(terms.is_school_day(calendar, on) for on in days)
    assert school_days_between(calendar, tomorrow, days[0]) >= first.least
    day_after = days[0] + timedelta(days=1)
    assert school_days_between(calendar, day_after, days[1]) >= NAMING.least
    answered_at = terms.add_school_days(calendar, found.ends_at[1], reply_days)
    assert terms.london(answered_at).date() < event_on
    assert found.is_squeezed == (left < sum(step.usual for step in steps))
