"""The second opinion finds every allotment that is not the round's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain.allocation import check, share
from booking.domain.allocation.claims import Allotment, Basis, Claim, ClaimRefused
from tests.domain.allocation.rounds import PROPERTY, make_round, rounds

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
    assert type(found) is check.TooMany
    assert str(found) == "3 places were given; there are 2."


def test_more_places_than_a_school_may_have_is_found():
    round_ = make_round([Claim("ash", 5, at_most=1), Claim("beech", 1)], places=3)
    found = breach(round_, ["ash", "beech", "ash"])
    assert type(found) is check.TooMany
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


def test_guarantees_must_fit_into_the_places():
    check.assert_guarantees_fit(60, 60)
    with pytest.raises(check.GuaranteeTooGreat) as refused:
        check.assert_guarantees_fit(1060, 1061)
    assert str(refused.value) == (
        "The guarantees come to 1,061 places, but the event has 1,060. "
        "Lower the guarantee or add places."
    )
    assert isinstance(refused.value, ClaimRefused)
