"""One plain sentence for each school, the deciding step, and what would have changed it."""

from dataclasses import replace

import pytest
from hypothesis import given

from booking.domain.allocation import explain, share
from booking.domain.allocation.claims import Basis, Claim, NoSuchClaim
from booking.domain.allocation.explain import DecidingStep
from tests.domain.allocation.rounds import PROPERTY, counts, drawn, make_round, rounds

FIRST, SECOND, THIRD = drawn(3)

#: name: (claims, places, basis, sentence for the first claim, step, what would change it)
STORIES = {
    "all": (
        [Claim("ash", 5)],
        60,
        Basis.EQUAL_SHARES,
        "You asked for 5 places and received all 5.",
        DecidingStep.IN_FULL,
        "You received everything that was asked for.",
    ),
    "both": (
        [Claim("ash", 2)],
        2,
        Basis.EQUAL_SHARES,
        "You asked for 2 places and received both.",
        DecidingStep.IN_FULL,
        "You received everything that was asked for.",
    ),
    "the only one": (
        [Claim("ash", 1, at_most=1)],
        1,
        Basis.EQUAL_SHARES,
        "You asked for 1 place and received it.",
        DecidingStep.IN_FULL,
        "You received everything that was asked for.",
    ),
    "some": (
        [Claim("ash", 5), Claim("beech", 2, received=1)],
        3,
        Basis.EQUAL_SHARES,
        "You asked for 5 places and received 2. Your 3rd place would have been number 5 in the "
        "order; 3 places were available.",
        DecidingStep.EQUAL_SHARES,
        "With 2 more places at this event, you would have received one more; asking for more "
        "would have changed nothing.",
    ),
    "none": (
        [Claim("ash", 5, received=1), Claim("beech", 2)],
        1,
        Basis.EQUAL_SHARES,
        "You asked for 5 places and received none. Your 1st place would have been number 2 in the "
        "order; 1 place was available.",
        DecidingStep.FEWEST_RECEIVED,
        "With 1 more place at this event, you would have received one more; asking for more "
        "would have changed nothing.",
    ),
    "no places": (
        [Claim("ash", 1)],
        0,
        Basis.EQUAL_SHARES,
        "You asked for 1 place and received none. Your 1st place would have been number 1 in the "
        "order; no places were available.",
        DecidingStep.NO_PLACES,
        "With 1 more place at this event, you would have received one more; asking for more "
        "would have changed nothing.",
    ),
    "capped": (
        [Claim("ash", 5, at_most=3)],
        9,
        Basis.EQUAL_SHARES,
        "You asked for 5 places and received 3. You may have at most 3 places at this event.",
        DecidingStep.CAP,
        "With a higher limit, you might have received more.",
    ),
    "capped at one": (
        [Claim("ash", 5, at_most=1)],
        9,
        Basis.EQUAL_SHARES,
        "You asked for 5 places and received 1. You may have at most 1 place at this event.",
        DecidingStep.CAP,
        "With a higher limit, you might have received more.",
    ),
    "no quota": (
        [Claim("ash", 5, at_most=0)],
        9,
        Basis.EQUAL_SHARES,
        "You asked for 5 places and received none. You may have no places at this event.",
        DecidingStep.CAP,
        "With a higher limit, you might have received more.",
    ),
    "short of the cap": (
        [Claim("ash", 5, at_most=3, received=1), Claim("beech", 2)],
        3,
        Basis.EQUAL_SHARES,
        "You asked for 5 places and received 1. Your 2nd place would have been number 4 in the "
        "order; 3 places were available.",
        DecidingStep.FEWEST_RECEIVED,
        "With 1 more place at this event, you would have received one more; asking for more "
        "would have changed nothing.",
    ),
    "guaranteed two": (
        [Claim("ash", 5, at_least=2, received=1), Claim("beech", 5, at_least=2)],
        6,
        Basis.EQUAL_SHARES,
        "You asked for 5 places and received 3. Your first 2 places were guaranteed. Your 4th "
        "place would have been number 8 in the order; 6 places were available.",
        DecidingStep.EQUAL_SHARES,
        "With 2 more places at this event, you would have received one more; asking for more "
        "would have changed nothing.",
    ),
    "guarantees took everything": (
        [Claim("ash", 2, at_least=1), Claim("beech", 3, at_least=2)],
        3,
        Basis.EQUAL_SHARES,
        "You asked for 2 places and received 1. Your first place was guaranteed. Your 2nd place "
        "would have been number 4 in the order; 3 places were available.",
        DecidingStep.GUARANTEE,
        "With 1 more place at this event, you would have received one more; asking for more "
        "would have changed nothing.",
    ),
    "guarantees took everything before a late request": (
        [Claim("ash", 2, late=True), Claim("beech", 3, at_least=2)],
        2,
        Basis.EQUAL_SHARES,
        "You asked for 2 places and received none. Your request came after the deadline, so it "
        "was placed after every request made on time. Your 1st place would have been number 4 in "
        "the "
        "order; 2 places were available.",
        DecidingStep.GUARANTEE,
        "With 2 more places at this event, you would have received one more; asking for more "
        "would have changed nothing.",
    ),
    "late": (
        [Claim("ash", 2, late=True), Claim("beech", 3)],
        2,
        Basis.EQUAL_SHARES,
        "You asked for 2 places and received none. Your request came after the deadline, so it "
        "was placed after every request made on time. Your 1st place would have been number 4 in "
        "the "
        "order; 2 places were available.",
        DecidingStep.LATE,
        "With 2 more places at this event, you would have received one more; asking for more "
        "would have changed nothing.",
    ),
    "late among the late": (
        [Claim("ash", 2, late=True, received=1), Claim("beech", 2, late=True)],
        3,
        Basis.EQUAL_SHARES,
        "You asked for 2 places and received 1. Your request came after the deadline, so it was "
        "placed after every request made on time. Your 2nd place would have been number 4 in the "
        "order; 3 places were available.",
        DecidingStep.FEWEST_RECEIVED,
        "With 1 more place at this event, you would have received one more; asking for more "
        "would have changed nothing.",
    ),
    "raised late": (
        [Claim("ash", 5, late=True, in_time=2), Claim("beech", 3)],
        5,
        Basis.EQUAL_SHARES,
        "You asked for 5 places and received 2. 2 of these had been asked for on time; the rest "
        "came after every request made on time. Your 3rd place would have been number "
        "6 in the order; 5 places were available.",
        DecidingStep.LATE,
        "With 1 more place at this event, you would have received one more; asking for more "
        "would have changed nothing.",
    ),
    "late in name only": (
        [Claim("ash", 2, late=True, in_time=2)],
        5,
        Basis.EQUAL_SHARES,
        "You asked for 2 places and received both.",
        DecidingStep.IN_FULL,
        "You received everything that was asked for.",
    ),
    "by roll": (
        [Claim("ash", 2, weight=10), Claim("beech", 2, weight=90)],
        2,
        Basis.BY_ROLL,
        "You asked for 2 places and received none. Your 1st place would have been number 3 in the "
        "order; 2 places were available.",
        DecidingStep.BY_ROLL,
        "With 1 more place at this event, you would have received one more; asking for more "
        "would have changed nothing.",
    ),
    "season": (
        [Claim("ash", 2, received=7), Claim("beech", 2)],
        2,
        Basis.SEASON,
        "You asked for 2 places and received none. Your 1st place would have been number 3 in the "
        "order; 2 places were available.",
        DecidingStep.SEASON,
        "With 1 more place at this event, you would have received one more; asking for more "
        "would have changed nothing.",
    ),
    "first come": (
        [Claim("ash", 2, arrived=2), Claim("beech", 2000, arrived=1)],
        1021,
        Basis.FIRST_COME,
        "You asked for 2 places and received none. Your 1st place would have been number 2,001 in "
        "the order; 1,021 places were available.",
        DecidingStep.FIRST_COME,
        "With 980 more places at this event, you would have received one more; asking for more "
        "would have changed nothing.",
    ),
    "lottery": (
        [Claim(SECOND, 1), Claim(FIRST, 1), Claim(THIRD, 1, received=1)],
        1,
        Basis.EQUAL_SHARES,
        "You asked for 1 place and received none. Your 1st place would have been number 2 in the "
        "order; 1 place was available.",
        DecidingStep.LOTTERY,
        "With 1 more place at this event, you would have received one more; asking for more "
        "would have changed nothing.",
    ),
}


@pytest.mark.parametrize(
    ("claims", "places", "basis", "sentence", "step", "change"), STORIES.values(), ids=STORIES
)
def test_each_story_is_told_in_plain_words(claims, places, basis, sentence, step, change):
    round_ = make_round(claims, places=places, basis=basis)
    allotment, school = share.allot(round_), claims[0].school
    assert explain.sentence(round_, allotment, school) == sentence
    assert explain.step(round_, allotment, school) is step
    assert explain.change(round_, allotment, school) == change


def test_the_public_page_speaks_of_a_school_by_name():
    round_ = make_round([Claim("ash", 5, at_least=1, at_most=2), Claim("beech", 1)], places=9)
    allotment = share.allot(round_)
    assert explain.sentence(round_, allotment, "ash", name="Ash Primary") == (
        "Ash Primary asked for 5 places and received 2. Its first place was guaranteed. It may "
        "have at most 2 places at this event."
    )
    assert explain.change(round_, allotment, "ash", name="Ash Primary") == (
        "With a higher limit, Ash Primary might have received more."
    )
    assert explain.change(round_, allotment, "beech", name="Beech Primary") == (
        "Beech Primary received everything that was asked for."
    )
    round_ = make_round([Claim("ash", 5, late=True), Claim("beech", 1)], places=1)
    allotment = share.allot(round_)
    assert explain.sentence(round_, allotment, "ash", name="Ash Primary") == (
        "Ash Primary asked for 5 places and received none. Its request came after the deadline, "
        "so it was placed after every request made on time. Its 1st place would have been number "
        "2 in "
        "the order; 1 place was available."
    )
    assert explain.change(round_, allotment, "ash", name="Ash Primary") == (
        "With 1 more place at this event, Ash Primary would have received one more; asking for "
        "more would have changed nothing."
    )


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (10, "10th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (14, "14th"),
        (21, "21st"),
        (22, "22nd"),
        (23, "23rd"),
        (30, "30th"),
        (101, "101st"),
        (111, "111th"),
        (112, "112th"),
        (113, "113th"),
        (1011, "1,011th"),
        (1021, "1,021st"),
    ],
)
def test_places_are_numbered_as_people_do(number, words):
    round_ = make_round([Claim("ash", number), Claim("beech", number)], places=2 * number - 2)
    sentence = explain.sentence(round_, share.allot(round_), "ash")
    assert f" Your {words} place would have been number " in sentence


def test_every_step_has_its_words():
    assert {str(step): words for step, words in explain._REASONS.items()} == {
        "in_full": "Every place asked for was given.",
        "cap": "The limit for one school was reached.",
        "no_places": "There were no places to share.",
        "late": "Requests made on time were served first.",
        "guarantee": "The places went to meet what each school is guaranteed.",
        "equal_shares": (
            "Places were handed out one at a time, to each school in turn, and ran out before the "
            "next turn."
        ),
        "by_roll": (
            "Places were shared by the number of pupils in the eligible years, and ran out before "
            "the next turn."
        ),
        "season": (
            "Places went first to the schools that have received fewest this school year, and ran "
            "out before the next turn."
        ),
        "first_come": "Places went to the requests that arrived first.",
        "fewest_received": (
            "The next place tied with one that was given, which went to a school that has "
            "received fewer places this school year."
        ),
        "lottery": "The next place tied with one that was given; the public lottery decided.",
    }
    assert set(explain._REASONS) == set(DecidingStep)
    round_ = make_round([Claim("ash", 2)], places=1)
    assert explain.because(round_, share.allot(round_), "ash") == (
        "Places were handed out one at a time, to each school in turn, and ran out before the next "
        "turn."
    )


def test_a_school_without_a_request_has_no_sentence():
    round_ = make_round([Claim("ash", 2)], places=1)
    with pytest.raises(NoSuchClaim):
        explain.sentence(round_, share.allot(round_), "elm")


@PROPERTY
@given(rounds())
def test_the_places_said_to_be_missing_would_have_been_enough_and_no_fewer(round_):
    allotment = share.allot(round_)
    for claim in round_.claims:
        short = explain.places_short(round_, allotment, claim.school)
        received = allotment.counts[claim.school]
        if received == claim.limit:
            assert short is None
            continue
        assert short is not None
        more = {
            extra: counts(replace(round_, places=round_.places + extra))[claim.school]
            for extra in (short - 1, short)
        }
        assert more == {short - 1: received, short: received + 1}
