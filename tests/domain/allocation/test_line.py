"""The line is what the round would have done with more places."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain.allocation import claims, line, path, share
from booking.domain.allocation.claims import Basis, Claim
from tests.domain.allocation.rounds import PROPERTY, by_the_book, key, make_round, rounds

THREE = (Claim("ash", 4), Claim("beech", 3, received=1), Claim("cedar", 2, received=2))


def next_in_line(round_, held, wanted=None):
    """Return each school that could take one more place, once, in the order of its next turn."""
    return tuple(dict.fromkeys(line.order(round_, held, wanted)))


@PROPERTY
@given(rounds())
def test_one_more_place_would_have_gone_to_the_first_in_line(round_):
    allotment = share.allot(round_)
    more = share.allot(replace(round_, places=round_.places + 1)).served
    waiting = next_in_line(round_, allotment.counts)
    assert more == allotment.served + waiting[: len(more) - len(allotment.served)]
    assert bool(waiting) == (len(more) > len(allotment.served))


@PROPERTY
@given(rounds())
def test_the_order_continues_the_round_to_its_end(round_):
    allotment = share.allot(round_)
    everything = tuple(school for school, _ in by_the_book(round_))
    assert allotment.served + line.order(round_, allotment.counts) == everything
    assert line.order(round_, {}, length=round_.places) == allotment.served


@PROPERTY
@given(rounds(), st.data())
def test_whatever_schools_hold_each_waits_once_for_its_own_next_place(round_, data):
    held = {claim.school: data.draw(st.integers(0, 9)) for claim in round_.claims}
    wanted = {claim.school: data.draw(st.integers(0, 9)) for claim in round_.claims[:2]}
    asked = {claim.school: claim.wanted for claim in round_.claims} | wanted
    changed = tuple(
        replace(claim, wanted=asked[claim.school]) for claim in round_.claims if asked[claim.school]
    )
    units = by_the_book(replace(round_, claims=changed))
    expected = tuple(school for school, nth in units if nth == held[school] + 1)
    assert next_in_line(round_, held, wanted) == expected
    rest = tuple(school for school, nth in units if nth > held[school])
    assert line.order(round_, held, wanted) == rest


@PROPERTY
@given(rounds(), st.data())
def test_a_place_that_comes_back_makes_up_for_exactly_one_school(round_, data):
    """Whichever school gives places back, refilling from the line never leaves one over."""
    allotment = share.allot(round_)
    held = Counter(allotment.counts)
    givers = [school for school, count in held.items() if count]
    if not givers:
        return
    giver = data.draw(st.sampled_from(givers))
    held[giver] -= 1
    wishes = {giver: held[giver]}
    heirs = next_in_line(round_, held, wishes)
    assert giver not in heirs
    assert heirs == tuple(s for s in next_in_line(round_, allotment.counts) if s != giver)


@PROPERTY
@given(rounds())
def test_a_position_counts_every_place_asked_for_before_it(round_):
    for position, (school, nth) in enumerate(by_the_book(round_), start=1):
        assert line.position(round_, school, nth) == position


@PROPERTY
@given(rounds())
def test_a_place_not_asked_for_has_the_position_it_would_have_had(round_):
    for claim in round_.claims:
        nth = claim.limit + 1
        raised = replace(claim, wanted=nth, at_most=None)
        others = tuple(other for other in round_.claims if other is not claim)
        units = by_the_book(replace(round_, claims=(*others, raised)))
        assert line.position(round_, claim.school, nth) == 1 + units.index((claim.school, nth))


def test_the_line_of_three_schools():
    round_ = make_round(THREE, places=4)
    assert next_in_line(round_, share.allot(round_).counts) == ("beech", "cedar", "ash")


def test_the_order_of_the_next_places_may_be_cut_short():
    round_ = make_round(THREE, places=0)
    assert line.order(round_, {}, length=4) == ("ash", "beech", "cedar", "ash")


def test_a_school_that_holds_places_without_a_request_is_not_in_the_line():
    round_ = make_round(THREE, places=4)
    assert next_in_line(round_, {"elm": 3}) == ("ash", "beech", "cedar")


def test_a_wish_does_not_lift_the_cap():
    round_ = make_round([Claim("ash", 1, at_most=2)], places=4)
    assert next_in_line(round_, {"ash": 1}, {"ash": 5}) == ("ash",)
    assert next_in_line(round_, {"ash": 2}, {"ash": 5}) == ()
    assert line.order(round_, {"ash": 1}, {"ash": 5}) == ("ash",)


def test_a_wish_without_a_claim_is_refused():
    round_ = make_round(THREE, places=4)
    with pytest.raises(claims.NoSuchClaim) as refused:
        next_in_line(round_, {}, {"elm": 2})
    assert str(refused.value) == "elm has no request in this round."


@pytest.mark.parametrize(
    ("held", "wanted", "message"),
    [
        ({"elm": -1}, {}, "The number of places held must be 0 or more."),
        ({}, {"ash": -1}, "The number of places wanted must be 0 or more."),
    ],
)
def test_numbers_below_nought_are_refused(held, wanted, message):
    with pytest.raises(claims.NumberTooSmall) as refused:
        line.order(make_round(THREE, places=4), held, wanted)
    assert str(refused.value) == message


def test_a_position_needs_a_claim_and_a_number_from_one():
    round_ = make_round(THREE, places=4)
    with pytest.raises(claims.NoSuchClaim) as refused:
        line.position(round_, "elm", 1)
    assert str(refused.value) == "elm has no request in this round."
    with pytest.raises(claims.NumberTooSmall) as refused:
        line.position(round_, "ash", 0)
    assert str(refused.value) == "The number of the place must be 1 or more."


@PROPERTY
@given(
    st.sampled_from(list(Basis)),
    st.lists(
        st.builds(
            Claim,
            st.uuids().map(str),
            wanted=st.integers(1, claims.MOST_PLACES),
            weight=st.integers(1, claims.MOST_WEIGHT),
            at_least=st.integers(0, claims.MOST_PLACES),
            received=st.integers(0, claims.MOST_PLACES),
            late=st.just(True),
            in_time=st.integers(0, claims.MOST_PLACES),
            arrived=st.integers(0, claims.MOST_ARRIVALS),
        ),
        min_size=2,
        max_size=4,
        unique_by=lambda claim: claim.school,
    ),
    st.data(),
)
def test_turns_are_compared_exactly_up_to_the_greatest_numbers(basis, claims_, data):
    """The packed keys order units just as fractions do, at any size that a claim may have."""
    round_ = make_round(claims_, places=1, basis=basis)
    order = path.Path(round_)
    units = [
        (claim, data.draw(st.integers(1, claims.MOST_PLACES))) for claim in claims_ for _ in "ab"
    ]
    packed = sorted(units, key=lambda unit: order.key(unit[0].school, unit[1]))
    plain = sorted(units, key=lambda unit: key(round_, *unit))
    assert packed == plain


def test_rolls_that_differ_by_one_pupil_in_a_million_are_told_apart():
    large = Claim("large", 1, weight=1_000_000, received=1)
    small = Claim("small", 1, weight=999_999)
    round_ = make_round([large, small], places=1, basis=Basis.BY_ROLL)
    assert share.allot(round_).served == ("large",)
