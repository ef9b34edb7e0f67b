"""The public lottery can be recomputed by anybody with a shell."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain.allocation import claims, draw
from tests.domain.allocation.rounds import PROPERTY, SEED

READABLE = st.text("abcdefghijklmnopqrstuvwxyz0123456789-é", min_size=1, max_size=12)


def test_the_commitment_is_the_hash_of_the_seed():
    # printf '%s' 0123456789abcdef0123456789abcdef | sha256sum
    expected = "3eb1bd439947eb762998e566ccc2e099c791118b2f40579cc4f7da2b5061b7f9"
    assert draw.new_commitment(SEED) == expected
    assert draw.commitment(SEED) == expected


def test_the_ticket_is_the_hash_of_three_lines():
    # printf '%s\n%s\n%s' 0123456789abcdef0123456789abcdef puzzle-day ash | sha256sum
    assert draw.ticket(SEED, "puzzle-day", "ash") == (
        "cbadda1c93952a3777f1ef39f303529845d96d2623b6ea032d785fac48206248"
    )


def test_a_short_seed_is_refused():
    with pytest.raises(draw.SeedTooShort) as refused:
        draw.new_commitment(SEED[1:])
    assert str(refused.value) == "The seed of a lottery needs 32 characters or more."


@pytest.mark.parametrize(
    ("parts", "what"),
    [
        (("a\nb", "event", "ash"), "The seed of the lottery"),
        (("seed", "a\nb", "ash"), "The short name of an event"),
        (("seed", "event", "a\nb"), "The short name of a school"),
    ],
)
def test_no_part_of_a_ticket_may_hold_a_second_line(parts, what):
    with pytest.raises(claims.NameRefused) as refused:
        draw.ticket(*parts)
    assert str(refused.value) == f"{what} must be one line of readable characters."


def test_an_unreadable_seed_cannot_be_committed_to():
    with pytest.raises(claims.NameRefused) as refused:
        draw.new_commitment(f"{SEED}\n{SEED}")
    assert str(refused.value) == "The seed of the lottery must be one line of readable characters."


@PROPERTY
@given(READABLE, READABLE, READABLE)
def test_tickets_are_what_the_documentation_says(seed, event, school):
    text = seed.encode() + b"\n" + event.encode() + b"\n" + school.encode()
    assert draw.ticket(seed, event, school) == sha256(text).hexdigest()


@PROPERTY
@given(st.sets(READABLE, max_size=6), st.randoms(use_true_random=False))
def test_the_draw_depends_on_the_schools_and_not_on_their_listing(schools, random):
    listed = sorted(schools)
    random.shuffle(listed)
    drawn = draw.lottery_order(SEED, "puzzle-day", listed)
    assert drawn == draw.lottery_order(SEED, "puzzle-day", schools)
    assert sorted(drawn) == sorted(schools)
    tickets = [draw.ticket(SEED, "puzzle-day", school) for school in drawn]
    assert tickets == sorted(tickets)


@PROPERTY
@given(st.sets(READABLE, min_size=1, max_size=6))
def test_a_school_that_stays_away_does_not_change_the_order_of_the_others(schools):
    drawn = draw.lottery_order(SEED, "puzzle-day", schools)
    for gone in schools:
        rest = draw.lottery_order(SEED, "puzzle-day", schools - {gone})
        assert rest == tuple(school for school in drawn if school != gone)


def test_each_seed_and_each_event_has_its_own_draw():
    schools = [f"school-{n}" for n in range(10)]
    draws = {
        draw.lottery_order(seed, event, schools)
        for seed in (SEED, SEED[::-1])
        for event in ("puzzle-day", "summer-school")
    }
    assert len(draws) == 4
