"""Marks from several phones: any order, any repetition, any split gives the same register."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import registering
from booking.domain.registering import Arrival, Aspect, Departure, Tap

OPENED = datetime(2027, 6, 11, 0, 0, tzinfo=UTC)
MARKS = {Aspect.ARRIVAL: [*Arrival, None], Aspect.DEPARTURE: [*Departure, None]}


@st.composite
def taps(draw):
    """Return taps of three phones about four pupils, many of them at the same instant."""
    made = []
    for number in range(draw(st.integers(0, 12))):
        aspect = draw(st.sampled_from(Aspect))
        made.append(
            Tap(
                at=OPENED + timedelta(seconds=draw(st.integers(0, 4))),
                key=f"phone-{draw(st.integers(1, 3))}-{number:04d}",
                pupil=draw(st.integers(1, 4)),
                aspect=aspect,
                mark=draw(st.sampled_from(MARKS[aspect])),
            )
        )
    return made


@given(taps(), st.randoms(use_true_random=False), st.integers(0, 12))
def test_order_repetition_and_split_over_batches_change_nothing(made, random, cut):
    again = [*made, *random.sample(made, len(made) // 2)]
    random.shuffle(again)
    first = registering.counting(again[:cut])

    merged = registering.counting([*first.values(), *again[cut:]])

    assert merged == registering.counting(made)


@given(taps())
def test_the_latest_tap_counts_and_every_other_is_earlier(made):
    counting = registering.counting(made)

    assert set(counting) == {(tap.pupil, tap.aspect) for tap in made}
    for tap in made:
        newest = counting[tap.pupil, tap.aspect]
        assert newest is tap or (newest.at, newest.key) > (tap.at, tap.key)


@given(
    st.lists(st.integers(-100_000, 200_000), min_size=2),
    st.integers(0, 100_000),
)
def test_a_phones_clock_says_only_what_is_possible_and_keeps_its_order(seconds, received):
    now = OPENED + timedelta(seconds=received)
    told = [OPENED + timedelta(seconds=each) for each in sorted(seconds)]

    counted = [registering.bounded(at, opened_at=OPENED, now=now) for at in told]

    assert counted == sorted(counted)
    assert all(OPENED <= at <= now for at in counted)
    assert all(at == said for at, said in zip(counted, told, strict=True) if OPENED <= said <= now)


@given(taps())
def test_a_press_on_the_page_counts_over_all_that_it_saw(made):
    at = registering.pressed(OPENED, made)

    press = Tap(at, "page", 1, Aspect.ARRIVAL, Arrival.LATE)

    assert registering.counting([*made, press])[1, Aspect.ARRIVAL] is press


def test_a_mark_of_the_other_aspect_is_no_mark():
    assert registering.mark_of(Aspect.DEPARTURE, "collected") is Departure.COLLECTED
    assert registering.mark_of(Aspect.ARRIVAL, None) is None
    with pytest.raises(ValueError, match="collected"):
        registering.mark_of(Aspect.ARRIVAL, "collected")
