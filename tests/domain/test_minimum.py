"""A minimum number of pupils, the day to decide, and the warning before it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import deadlines, minimum, terms
from tests.domain.sums import school_days_between
from tests.domain.test_terms import CALENDARS, DATES, MILL_LANE

DAY = timedelta(days=1)
DECIDE_AT = datetime(2026, 6, 9, 15, tzinfo=UTC)
STARTS_AT = datetime(2026, 6, 16, 8, tzinfo=UTC)
NUMBER, DATE = "min_pupils", "decide_at"


@given(CALENDARS, DATES, st.integers(-5, 120))
def test_a_day_is_proposed_between_on_a_school_day_and_leaves_some_before_the_event(
    calendar, after, ahead
):
    before = after + ahead * DAY
    decide_at = minimum.propose(calendar, after=after, before=before)
    left = max(0, school_days_between(calendar, after + DAY, before - DAY)) if ahead > 1 else 0
    if decide_at is None:
        assert left == 0
        return

    on = terms.london(decide_at).date()
    assert after < on < before
    assert terms.is_school_day(calendar, on)
    assert terms.london(decide_at).time() == terms.DEADLINE_AT
    days_after = school_days_between(calendar, on + DAY, before - DAY)
    assert days_after == min(deadlines.SPARE, left - 1)


@given(CALENDARS, DATES)
def test_a_host_is_warned_three_school_days_before(calendar, on):
    decide_at = deadlines.at_closing(on)
    warned = terms.london(minimum.warns_at(calendar, decide_at)).date()

    assert terms.is_school_day(calendar, warned)
    assert school_days_between(calendar, warned, on - DAY) == minimum.WARNING_DAYS


def test_over_a_half_term_the_warning_comes_before_it():
    monday_after = datetime(2026, 6, 2, 15, tzinfo=UTC)

    warned = minimum.warns_at(MILL_LANE, monday_after)

    assert terms.deadline_text(warned) == "Thursday 21 May 2026, 4pm"


@pytest.mark.parametrize(
    ("least", "decide_at", "wrong"),
    [
        (None, None, []),
        (1, DECIDE_AT, []),
        (30, DECIDE_AT, []),
        (None, DECIDE_AT, [(NUMBER, "Enter the minimum number, or leave its day empty as well.")]),
        (12, None, [(DATE, "Enter the day on which you decide whether it runs.")]),
        (0, DECIDE_AT, [(NUMBER, "Enter at least 1, or leave this empty for no minimum.")]),
        (31, DECIDE_AT, [(NUMBER, "There are only 30 places, so the minimum can be no more.")]),
        (12, STARTS_AT, [(DATE, "Decide before the event starts. Choose an earlier time.")]),
        (
            12,
            DECIDE_AT - 20 * DAY,
            [(DATE, "Schools still ask for places then. Choose a later time.")],
        ),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(least, decide_at, wrong):
    found = minimum.problems(
        least,
        decide_at,
        places=30,
        requests_close_at=DECIDE_AT - 20 * DAY,
        starts_at=STARTS_AT,
    )

    assert [(problem.field, problem.words) for problem in found] == wrong


def test_a_published_minimum_is_only_made_smaller():
    raised = [(None, 1), (12, 13)]
    kept = [(None, None), (12, 12), (12, 1), (12, None)]

    assert [minimum.is_raised(*pair) for pair in raised + kept] == [True] * 2 + [False] * 4


def test_what_schools_and_families_are_told():
    def said(least, goes_ahead=False, now=DECIDE_AT - DAY):
        return minimum.said(least, DECIDE_AT, goes_ahead=goes_ahead, now=now)

    assert said(None) == ""
    assert said(12) == (
        "This runs with at least 12 pupils. The host decides by 4pm on Tuesday 9 June 2026; if it "
        "cannot run, you are told and any money goes back."
    )
    assert said(1, now=DECIDE_AT) == (
        "This runs with at least 1 pupil. If it cannot run, you are told and any money goes back."
    )
    assert said(12, goes_ahead=True) == (
        "The host has decided that this runs, however many pupils come."
    )
