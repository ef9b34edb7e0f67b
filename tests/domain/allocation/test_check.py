"""The second opinion finds every allocation that is not the round's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain.allocation import check, draw, share
from booking.domain.allocation.claims import MOST_PLACES, Allotment, Basis, Claim
from tests.domain.allocation.rounds import EVENT, PROPERTY, SEED, drawn, make_round, rounds

TWO = (Claim("ash", 3), Claim("beech", 3, received=1))


def breach(round_, served, schools=None) -> check.Breach:
    with pytest.raises(check.Breach) as found:
        check.assert_valid(round_, Allotment(schools or round_.schools, tuple(served)))
    return found.value


@PROPERTY
@given(rounds(schools=4, places=10, most=5), st.data())
def test_no_other_allotment_passes(round_, data):
    right = share.allot(round_)
    served = data.draw(
        st.permutations(right.served)
        | st.lists(st.sampled_from(round_.schools), max_size=round_.places + 1)
    )
    other = Allotment(round_.schools, tuple(served))
    if other == right:
        check.assert_valid(round_, other)
        return
    with pytest.raises(check.Breach):
        check.assert_valid(round_, other)


def test_a_school_that_did_not_ask_is_found():
    round_ = make_round(TWO, places=2)
    for found in (
        breach(round_, ["ash", "elm"]),
        breach(round_, ["ash", "beech"], schools=("ash", "beech", "elm")),
        breach(round_, ["ash", "beech"], schools=("ash",)),
    ):
        assert type(found) is check.OtherSchools
        assert str(found) == "The schools of the result are not those of the round."


def test_more_places_than_there_are_is_found():
    found = breach(make_round(TWO, places=2), ["ash", "beech", "ash"])
    assert type(found) is check.TooManyPlaces
    assert str(found) == "3 places were given; there are 2."


def test_more_places_than_a_school_may_have_is_found():
    round_ = make_round([Claim("ash", 5, at_most=1), Claim("beech", 1)], places=3)
    found = breach(round_, ["ash", "beech", "ash"])
    assert type(found) is check.TooManyPlaces
    assert str(found) == "ash was given 2 places; it may have 1."


def test_a_place_kept_back_is_found():
    found = breach(make_round(TWO, places=3), ["ash", "beech"])
    assert type(found) is check.PlacesLeftOver
    assert str(found) == "Only 2 places were given although more were asked for."
    found = breach(make_round(TWO, places=9), ["ash", "beech", "ash", "beech", "ash"])
    assert str(found) == "Only 5 places were given although more were asked for."


def test_places_in_another_order_are_found():
    found = breach(make_round(TWO, places=2), ["beech", "ash"])
    assert type(found) is check.OutOfTurn
    assert str(found) == "Place 2 went to ash, whose turn was before place 1."


def test_a_school_passed_over_is_found():
    found = breach(make_round(TWO, places=2), ["ash", "ash"])
    assert type(found) is check.OutOfTurn
    assert str(found) == "beech was passed over."
    round_ = make_round([Claim("ash", 3), Claim("beech", 1, received=1)], places=2)
    assert str(breach(round_, ["ash", "ash"])) == "beech was passed over."


def test_a_school_passed_over_is_found_behind_one_that_has_all_it_asked_for():
    round_ = make_round([Claim("full", 1), Claim("ash", 3), Claim("beech", 3)], places=3)
    first, second = drawn_of("ash", "beech")
    check.assert_valid(round_, share.allot(round_))
    assert str(breach(round_, [*drawn_of("full", second), second])) == f"{first} was passed over."


def drawn_of(*schools: str) -> tuple[str, ...]:
    return draw.lottery_order(SEED, EVENT, schools)


@pytest.mark.parametrize("basis", list(Basis))
def test_level_schools_are_served_by_fewest_received_and_then_as_drawn(basis):
    first, second = drawn(2)
    even = [Claim(school, 1, arrived=1) for school in (first, second)]
    round_ = make_round(even, places=2, basis=basis)
    check.assert_valid(round_, Allotment(round_.schools, (first, second)))
    found = breach(round_, [second, first])
    assert str(found) == f"Place 2 went to {first}, whose turn was before place 1."
    if basis is not Basis.SEASON:  # there, what was received is the turn itself
        uneven = [Claim(first, 1, received=1, arrived=1), even[1]]
        breach(make_round(uneven, places=2, basis=basis), [first, second])


def test_the_last_place_of_a_huge_request_comes_before_the_first_of_the_next():
    early, late = Claim("ash", MOST_PLACES, arrived=1), Claim("beech", 1, arrived=2)
    last = check._turn(Basis.FIRST_COME, early, MOST_PLACES, (0, "", ""))
    assert last.before(check._turn(Basis.FIRST_COME, late, 1, (0, "", "")))


@pytest.mark.parametrize("basis", list(Basis))
def test_the_order_is_checked_by_the_rounds_own_basis(basis):
    """Each basis serves these two differently, so each result passes for its own basis only."""
    claims = [
        Claim("ash", 4, weight=1, received=0, arrived=2),
        Claim("beech", 4, weight=3, received=3, arrived=1),
    ]
    results = {
        Basis.EQUAL_SHARES: ("ash", "beech", "ash", "beech"),
        Basis.BY_ROLL: ("beech", "ash", "beech", "beech"),
        Basis.SEASON: ("ash", "beech", "beech", "ash"),
        Basis.FIRST_COME: ("beech", "beech", "beech", "beech"),
    }
    round_ = make_round(claims, places=4, basis=basis)
    for other, served in results.items():
        if other is basis:
            check.assert_valid(round_, Allotment(round_.schools, served))
        else:
            breach(round_, served)


def test_a_breach_is_a_programmers_error():
    assert issubclass(check.Breach, AssertionError)
