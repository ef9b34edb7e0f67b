"""Rounds whose result is known: the same on every machine and in every later version."""

import pytest

from booking.domain.allocation import check, path, share
from booking.domain.allocation.claims import Basis, Claim
from tests.domain.allocation.rounds import SEED, counts, drawn, make_round

#: 23 schools ask for 140 places, in the order of the lottery; there are 60.
WANTED = (2, 2, 3, 3, 4, 4, 4, 5, 5, 5, 5, 6, 6, 6, 6, 6, 7, 7, 8, 8, 10, 12, 16)
ROLLS = (15, 15, *[30] * 6, 45, 45, *[60] * 8, 90, 90, 120, 180, 240)

GOLDEN = {
    "equal shares": (Basis.EQUAL_SHARES, 0, (2, 2, *[3] * 14, *[2] * 7)),
    "by roll": (
        Basis.BY_ROLL,
        0,
        (1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 3, 3, 2, 2, 2, 2, 2, 2, 4, 4, 5, 7, 10),
    ),
    "by roll, two guaranteed": (Basis.BY_ROLL, 2, (*[2] * 18, 3, 3, 4, 6, 8)),
}


@pytest.mark.parametrize(("basis", "guarantee", "given"), GOLDEN.values(), ids=GOLDEN)
def test_the_golden_network_receives_what_was_worked_out_by_hand(basis, guarantee, given):
    schools = drawn(23)
    claims = [
        Claim(school, wanted, weight=roll, at_least=guarantee)
        for school, wanted, roll in zip(schools, WANTED, ROLLS, strict=True)
    ]
    round_ = make_round(claims, places=60, basis=basis)
    allotment = share.allot(round_)
    check.assert_valid(round_, allotment)
    assert tuple(allotment.counts[school] for school in schools) == given


def test_asking_for_sixteen_instead_of_two_gives_a_place_too_many_and_no_more():
    schools = drawn(23)
    claims = [Claim(school, wanted) for school, wanted in zip(schools, WANTED, strict=True)]
    boast = [Claim(schools[0], 16), *claims[1:]]
    assert counts(make_round(claims, places=60))[schools[0]] == 2
    assert counts(make_round(boast, places=60))[schools[0]] == 3


def test_an_added_place_takes_none_from_a_small_school():
    claims = [Claim(name, 20, weight=roll) for name, roll in (("a", 6), ("b", 6), ("c", 2))]
    ten = counts(make_round(claims, places=10, basis=Basis.BY_ROLL))
    eleven = counts(make_round(claims, places=11, basis=Basis.BY_ROLL))
    assert ten == {"a": 4, "b": 4, "c": 2}
    assert eleven["c"] == 2
    assert sorted(eleven.values()) == [2, 4, 5]


def test_equal_shares_go_round_by_round_and_fewest_received_first():
    claims = [Claim("ash", 2, received=5), Claim("beech", 3, received=1), Claim("cedar", 1)]
    served = share.allot(make_round(claims, places=5)).served
    assert served == ("cedar", "beech", "ash", "beech", "ash")


def test_by_roll_a_large_school_is_served_before_a_small_one():
    claims = [Claim("large", 9, weight=300), Claim("small", 9, weight=100)]
    served = share.allot(make_round(claims, places=5, basis=Basis.BY_ROLL)).served
    # 1/300, then 3/300 ties with 1/100 (the lottery decides), then 5/300, 7/300.
    assert served[0] == "large"
    assert sorted(served[1:3]) == ["large", "small"]
    assert served[3:] == ("large", "large")


def test_in_a_season_a_school_that_has_received_little_catches_up():
    claims = [Claim("rich", 4, received=3), Claim("poor", 4)]
    served = share.allot(make_round(claims, places=5, basis=Basis.SEASON)).served
    assert served == ("poor", "poor", "poor", "poor", "rich")


def test_first_come_serves_whole_requests_in_order_of_arrival():
    claims = [Claim("second", 2, arrived=8), Claim("first", 2, arrived=7)]
    round_ = make_round(claims, places=3, basis=Basis.FIRST_COME)
    assert share.allot(round_).served == ("first", "first", "second")


def test_first_come_requests_with_one_number_share_equally():
    claims = [Claim("ash", 2, arrived=1), Claim("beech", 2, arrived=1)]
    round_ = make_round(claims, places=2, basis=Basis.FIRST_COME)
    assert counts(round_) == {"ash": 1, "beech": 1}


def test_set_quotas_are_kept_and_what_is_not_asked_for_is_left():
    claims = [
        Claim("ash", 5, at_least=2, at_most=2, received=9),
        Claim("beech", 1, at_least=3, at_most=3),
        Claim("cedar", 4, at_least=0, at_most=0),
    ]
    assert counts(make_round(claims, places=10)) == {"ash": 2, "beech": 1, "cedar": 0}


def test_late_requests_stand_behind_and_forgo_their_guarantee():
    claims = [Claim("late", 3, at_least=3, late=True), Claim("punctual", 5, received=9)]
    assert counts(make_round(claims, places=6)) == {"late": 1, "punctual": 5}


def test_what_was_asked_for_in_time_keeps_its_turn_when_more_is_asked_for_late():
    claims = [Claim("ash", 5, late=True, in_time=2), Claim("beech", 4, received=1)]
    served = share.allot(make_round(claims, places=7)).served
    assert served == ("ash", "beech", "ash", "beech", "beech", "beech", "ash")


def test_places_left_over_are_given_to_nobody():
    assert counts(make_round([Claim("ash", 2)], places=9)) == {"ash": 2}


def test_a_round_without_places_or_requests_gives_nothing():
    assert share.allot(make_round([], places=9)).served == ()
    assert counts(make_round([Claim("ash", 2)], places=0)) == {"ash": 0}


def test_units_tell_position_school_and_which_of_its_places():
    claims = [Claim("ash", 2), Claim("beech", 1, received=1)]
    units = share.allot(make_round(claims, places=9)).units
    assert [(unit.position, unit.school, unit.nth) for unit in units] == [
        (1, "ash", 1),
        (2, "beech", 1),
        (3, "ash", 2),
    ]


def test_a_huge_request_costs_no_more_than_the_places_there_are():
    claims = [Claim("ash", 10_000_000), Claim("beech", 10_000_000, received=1)]
    assert counts(make_round(claims, places=3, seed=SEED)) == {"ash": 2, "beech": 1}


@pytest.mark.parametrize("basis", list(Basis))
@pytest.mark.parametrize("size", [1, 10, 100])
def test_a_round_looks_once_at_each_place_it_gives_and_each_school(basis, size, monkeypatch):
    """With a heap of the turns that makes n log s steps for n places among s schools."""
    claims = [
        Claim(f"school-{n}", 3 + n % 5, weight=1 + n % 7, at_least=1, arrived=n)
        for n in range(4 * size)
    ]
    looks, turn = [], path.Path._turn
    monkeypatch.setattr(
        path.Path, "_turn", lambda self, rank, nth: looks.append(rank) or turn(self, rank, nth)
    )
    served = share.allot(make_round(claims, places=10 * size, basis=basis)).served
    assert len(served) == 10 * size
    assert 10 * size <= len(looks) <= 10 * size + 4 * size
