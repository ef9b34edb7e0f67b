"""When a school's times fit an event's, and how it is said by what it comes."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain.travelling import MODE_WORDS, TravelMode, TravelTimes, doubts, words_of

DAY = (time(9, 15), time(14, 45))
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
MAYBE = st.none() | TIMES


def test_times_around_the_event_raise_no_doubt():
    assert doubts(TravelTimes(time(8, 30), time(9), time(15, 30)), [DAY]) == ()


@pytest.mark.parametrize(
    ("times", "said"),
    [
        (TravelTimes(arrives=time(9, 30)), "You arrive at 9:30am, but the event starts at 9:15am."),
        (TravelTimes(leaves=time(9, 15)), "You leave at 9:15am, but the event starts at 9:15am."),
        (TravelTimes(back=time(14, 45)), "You are back at 2:45pm, but the event ends at 2:45pm."),
        (
            TravelTimes(time(9), time(8, 30)),
            "You leave at 9am and arrive at 8:30am. Is that right?",
        ),
    ],
)
def test_times_that_do_not_fit_are_asked_about(times, said):
    assert doubts(times, [DAY]) == (said,)


@given(leaves=MAYBE, arrives=MAYBE, back=MAYBE, days=st.lists(st.tuples(TIMES, TIMES), max_size=3))
def test_no_doubt_means_on_time_for_every_date_and_back_after_all(leaves, arrives, back, days):
    found = doubts(TravelTimes(leaves, arrives, back), days)

    if not found:
        assert not (leaves and arrives) or leaves < arrives
        assert all(not arrives or arrives <= start for start, _ in days)
        assert all(not leaves or arrives or leaves < start for start, _ in days)
        assert all(not back or back > end for _, end in days)


@given(mode=st.sampled_from(TravelMode) | st.none())
def test_whoever_has_seats_with_another_school_says_so(mode):
    assert words_of(mode, "Birchwood School").endswith("ith Birchwood School")
    assert words_of(mode) == (MODE_WORDS[mode] if mode else "")
