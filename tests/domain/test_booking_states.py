"""A booking changes its state only by the table of moves."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import booking_states
from booking.domain.booking_states import MOVES, BookingState, move

STATES = st.sampled_from(list(BookingState))


@pytest.mark.parametrize(
    "story",
    [
        "reserve invited confirmed attended",
        "invited confirmed absent attended absent",
        "invited declined",
        "invited lapsed confirmed",
        "invited withdrawn invited confirmed",
        "invited declined reserve invited",
        "confirmed attended confirmed absent",
        "reserve cancelled",
        "confirmed cancelled",
    ],
)
def test_booking_lives_these_stories(story):
    state, *later = map(BookingState, story.split())
    for to in later:
        state = move(state, to)
    assert state == story.split()[-1]


@pytest.mark.parametrize(
    ("state", "to"),
    [
        (BookingState.RESERVE, BookingState.CONFIRMED),
        (BookingState.RESERVE, BookingState.DECLINED),
        (BookingState.INVITED, BookingState.ATTENDED),
        (BookingState.ATTENDED, BookingState.WITHDRAWN),
        (BookingState.DECLINED, BookingState.CONFIRMED),
        (BookingState.CANCELLED, BookingState.INVITED),
        (BookingState.ATTENDED, BookingState.CANCELLED),
    ],
)
def test_booking_is_refused_other_moves(state, to):
    with pytest.raises(booking_states.MoveNotAllowed) as refusal:
        move(state, to)
    assert str(refusal.value) == f"This booking is {state}, so it cannot be marked as {to}."
    assert (refusal.value.state, refusal.value.to) == (state, to)


@given(STATES, STATES)
def test_move_answers_as_the_table_says(state, to):
    if booking_states.may_move(state, to):
        assert move(state, to) is to
    else:
        with pytest.raises(booking_states.MoveNotAllowed):
            move(state, to)


def test_every_state_is_in_the_table_and_never_moves_to_itself():
    assert set(MOVES) == set(BookingState)
    assert [state for state in BookingState if state in MOVES[state]] == []


def test_every_booking_is_either_live_or_ended():
    assert set(BookingState) == booking_states.LIVE | booking_states.ENDED
    assert booking_states.LIVE.isdisjoint(booking_states.ENDED)
    assert set(booking_states.LIVE) - booking_states.SEATED == {BookingState.RESERVE}
    assert booking_states.EXPECTED < booking_states.SEATED


@given(st.lists(STATES, max_size=12))
def test_nobody_attends_without_having_been_confirmed(wishes):
    state, path = BookingState.RESERVE, [BookingState.RESERVE]
    for to in wishes:
        if booking_states.may_move(state, to):
            state = move(state, to)
            path.append(state)
    for before, after in pairwise(path):
        if after in {BookingState.ATTENDED, BookingState.ABSENT}:
            assert before in booking_states.EXPECTED


def test_every_state_has_its_own_words():
    labels = {booking_states.words(state).label for state in BookingState}
    assert len(labels) == len(BookingState)
