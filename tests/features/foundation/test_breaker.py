"""Another computer that falls silent is left alone, and never for longer than it must be."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.foundation import clock
from booking.foundation.breaker import DOUBT, REST, SILENCES_MAX, Breaker, Circuit, LeftAlone
from tests.races.together import together

START = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)


class Silence(Exception):
    """Nobody answered."""


def silent(circuit, now, *, times=SILENCES_MAX):
    for _ in range(times):
        circuit = circuit.called(now).silent(now, now)
    return circuit


def test_it_is_called_until_it_has_been_silent_three_times_in_a_row():
    assert silent(Circuit(), START, times=2).allows(START)
    assert not silent(Circuit(), START, times=3).allows(START)


def test_an_answer_in_between_begins_the_count_again():
    answered = silent(Circuit(), START, times=2).called(START).answered(START)

    assert silent(answered, START, times=2).allows(START)


def test_after_its_rest_one_call_goes_through_and_the_others_wait_for_what_it_finds():
    rested = START + REST
    circuit = silent(Circuit(), START)

    assert not circuit.allows(rested - SECOND)
    assert circuit.allows(rested)
    probing = circuit.called(rested)
    assert not probing.allows(rested)
    assert probing.answered(rested).allows(rested)
    assert not probing.silent(rested, rested + 8 * SECOND).allows(rested + 8 * SECOND)


def test_calls_that_are_out_for_long_count_as_silences_until_they_come_back():
    circuit = Circuit()
    for _ in range(SILENCES_MAX):
        circuit = circuit.called(START)

    assert circuit.allows(START + DOUBT - SECOND)
    assert not circuit.allows(START + DOUBT)
    assert circuit.answered(START).allows(START + DOUBT)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["call", "answer", "silence"]),
        st.integers(min_value=0, max_value=9),
        st.one_of(st.integers(0, 3), st.integers(0, 90), st.integers(-90_000, 90_000)),
    ),
    max_size=60,
)


@given(STEPS)
def test_whatever_happens_it_is_left_alone_when_silent_and_never_otherwise(steps):
    """Calls that come and go in any order, on a clock that may be put forward or back."""
    circuit, now, out, row = Circuit(), START, [], 0
    tried = START
    for what, which, seconds in steps:
        now += seconds * SECOND
        in_doubt = sum(now - began >= DOUBT for began in out)
        allowed = circuit.allows(now)
        if row < SILENCES_MAX:
            assert allowed == (row + in_doubt < SILENCES_MAX)
        else:
            assert allowed == (not tried <= now < tried + REST)
        if what == "call" and allowed:
            circuit, out, tried = circuit.called(now), [*out, now], now
        elif what != "call" and out:
            began = out.pop(which % len(out))
            if what == "answer":
                circuit, row = circuit.answered(began), 0
            else:
                circuit, row, tried = circuit.silent(began, now), row + 1, now
        assert sorted(circuit.out) == sorted(out)


@given(STEPS)
def test_once_nothing_is_out_half_a_minute_is_always_enough(steps):
    circuit, now, out = Circuit(), START, []
    for what, which, seconds in steps:
        now += seconds * SECOND
        if what == "call" and circuit.allows(now):
            circuit, out = circuit.called(now), [*out, now]
        elif what != "call" and out:
            began = out.pop(which % len(out))
            answered = what == "answer"
            circuit = circuit.answered(began) if answered else circuit.silent(began, now)
    for began in out:
        circuit = circuit.silent(began, now)

    assert circuit.allows(now + REST)


@pytest.fixture
def breaker(app):
    return Breaker("the clockmaker")


def call(breaker, error=None):
    with breaker.calling(Silence):
        if error is not None:
            raise error
    return "answered"


def test_a_refusal_is_an_answer(breaker):
    for _ in range(2 * SILENCES_MAX):
        with pytest.raises(ValueError, match="no"):
            call(breaker, ValueError("no"))

    assert call(breaker) == "answered"


def test_who_is_left_alone_is_not_called_and_is_called_again_later(breaker, time_machine):
    for _ in range(SILENCES_MAX):
        with pytest.raises(Silence):
            call(breaker, Silence())

    with pytest.raises(LeftAlone, match="the clockmaker was silent a moment ago"):
        call(breaker, AssertionError("it was called"))
    time_machine.move_to(clock.now() + REST)
    assert call(breaker) == "answered"
    assert call(breaker) == "answered"


def test_of_many_at_once_after_the_rest_exactly_one_calls(app, breaker, time_machine):
    for _ in range(SILENCES_MAX):
        with pytest.raises(Silence):
            call(breaker, Silence())
    time_machine.move_to(clock.now() + REST)

    found = together(app, [lambda: call(breaker, Silence())] * 8)

    assert [type(each) for each in found].count(Silence) == 1
    assert [type(each) for each in found].count(LeftAlone) == 7
