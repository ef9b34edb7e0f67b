"""What a claim and a round may contain, and how anything else is refused."""

from dataclasses import FrozenInstanceError

import pytest

from booking.domain.allocation import claims
from booking.domain.allocation.claims import Basis, Claim, RoundFacts, RoundRule
from tests.domain.allocation.rounds import EVENT, SEED, make_round


def test_a_claim_needs_only_a_school_and_a_number():
    claim = Claim("ash", 3)
    assert (claim.weight, claim.at_least, claim.at_most, claim.received) == (1, 0, None, 0)
    assert (claim.late, claim.in_time, claim.arrived) == (False, 0, None)
    assert (claim.limit, claim.guaranteed) == (3, 0)


def test_a_claim_and_a_round_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        Claim("ash", 3).wanted = 4
    with pytest.raises(FrozenInstanceError):
        make_round([], places=3).places = 4


REFUSED = {
    "nothing wanted": (
        {"wanted": 0},
        claims.NothingWanted,
        "Ask for at least 1 place, or withdraw the request.",
    ),
    "fewer than nothing": (
        {"wanted": -1},
        claims.NumberTooSmall,
        "The number of places wanted must be 0 or more.",
    ),
    "a part of a place": (
        {"wanted": 2.0},
        claims.NotAWholeNumber,
        "The number of places wanted must be a whole number.",
    ),
    "yes for a number": (
        {"wanted": True},
        claims.NotAWholeNumber,
        "The number of places wanted must be a whole number.",
    ),
    "more than anybody": (
        {"wanted": 10_000_001},
        claims.NumberTooLarge,
        "The number of places wanted must be 10,000,000 or fewer.",
    ),
    "an empty roll": (
        {"weight": 0},
        claims.NumberTooSmall,
        "The number of pupils must be 1 or more.",
    ),
    "a roll of the whole country": (
        {"weight": 1_000_001},
        claims.NumberTooLarge,
        "The number of pupils must be 1,000,000 or fewer.",
    ),
    "a guarantee below nought": (
        {"at_least": -1},
        claims.NumberTooSmall,
        "The number of places guaranteed must be 0 or more.",
    ),
    "a cap below nought": (
        {"at_most": -1},
        claims.NumberTooSmall,
        "The most places that a school may have must be 0 or more.",
    ),
    "a guarantee above the cap": (
        {"at_least": 3, "at_most": 2},
        claims.GuaranteeAboveCap,
        "ash cannot be guaranteed 3 places when it may have at most 2.",
    ),
    "received below nought": (
        {"received": -1},
        claims.NumberTooSmall,
        "The number of places received this year must be 0 or more.",
    ),
    "in time below nought": (
        {"late": True, "in_time": -1},
        claims.NumberTooSmall,
        "The number of places asked for on time must be 0 or more.",
    ),
    "in time of a punctual claim": (
        {"in_time": 1},
        claims.InTimeWithoutLate,
        "Only a late request says how many places were asked for on time.",
    ),
    "arrived before the first": (
        {"arrived": -1},
        claims.NumberTooSmall,
        "The arrival number must be 0 or more.",
    ),
    "arrived beyond counting": (
        {"arrived": 2**40 + 1},
        claims.NumberTooLarge,
        "The arrival number must be 1,099,511,627,776 or fewer.",
    ),
}


@pytest.mark.parametrize(("facts", "error", "message"), REFUSED.values(), ids=REFUSED)
def test_a_claim_that_cannot_be_followed_is_refused(facts, error, message):
    with pytest.raises(error) as refused:
        Claim(**{"school": "ash", "wanted": 2} | facts)
    assert str(refused.value) == message
    assert isinstance(refused.value, ValueError)


def test_the_greatest_and_least_numbers_are_allowed():
    Claim("ash", 10_000_000, weight=1_000_000, at_most=10_000_000, arrived=2**40)
    Claim("ash", 1, weight=1, at_least=0, at_most=0, received=0, arrived=0)
    Claim("ash", 2, at_least=2, at_most=2)
    Claim("ash", 2, late=True, in_time=2)


@pytest.mark.parametrize("name", ["", " ash", "ash ", "as\nh", "as\0h", "\ud800", 7, None])
def test_names_must_be_readable_on_one_line(name):
    with pytest.raises(claims.NameRefused) as refused:
        Claim(name, 2)
    assert str(refused.value) == (
        "The short name of a school must be one line of readable characters."
    )
    with pytest.raises(claims.NameRefused) as refused:
        RoundFacts(name, 2, Basis.SEASON, (), SEED)
    assert str(refused.value) == (
        "The short name of an event must be one line of readable characters."
    )
    with pytest.raises(claims.NameRefused) as refused:
        RoundFacts(EVENT, 2, Basis.SEASON, (), name)
    assert str(refused.value) == "The seed of the lottery must be one line of readable characters."


@pytest.mark.parametrize(
    ("claim", "limit", "guaranteed"),
    [
        (Claim("ash", 5), 5, 0),
        (Claim("ash", 5, at_most=3), 3, 0),
        (Claim("ash", 5, at_most=9), 5, 0),
        (Claim("ash", 5, at_least=2), 5, 2),
        (Claim("ash", 5, at_least=9), 5, 5),
        (Claim("ash", 5, at_least=3, at_most=3), 3, 3),
        (Claim("ash", 5, at_least=3, late=True), 5, 0),
        (Claim("ash", 5, at_least=3, late=True, in_time=2), 5, 2),
    ],
)
def test_a_claim_knows_the_most_it_can_lead_to_and_what_is_guaranteed(claim, limit, guaranteed):
    assert (claim.limit, claim.guaranteed) == (limit, guaranteed)


def test_a_school_has_one_claim_in_a_round():
    with pytest.raises(claims.SchoolTwice) as refused:
        make_round([Claim("ash", 2), Claim("beech", 1), Claim("ash", 3)], places=3)
    assert str(refused.value) == "ash has two requests; a school has one."


def test_first_come_needs_arrival_numbers():
    with pytest.raises(claims.ArrivalMissing) as refused:
        make_round([Claim("ash", 2)], places=3, basis=Basis.FIRST_COME)
    assert str(refused.value) == "The request of ash has no arrival number."
    make_round([Claim("ash", 2, arrived=0)], places=3, basis=Basis.FIRST_COME)


@pytest.mark.parametrize("places", [-1, 10_000_001, 2.5])
def test_a_round_has_a_sensible_number_of_places(places):
    with pytest.raises(claims.ClaimRefused, match=r"^The number of places must be "):
        make_round([], places=places)


def test_a_round_names_its_rule_and_its_schools():
    round_ = make_round([Claim("beech", 1), Claim("ash", 2)], places=3, basis=Basis.BY_ROLL)
    assert round_.rule == RoundRule(Basis.BY_ROLL, "fixed-path-1")
    assert round_.schools == ("ash", "beech")
    assert round_.claim_of("ash") == Claim("ash", 2)
    with pytest.raises(claims.NoSuchClaim) as refused:
        round_.claim_of("elm")
    assert str(refused.value) == "elm has no request in this round."


def test_the_bases_have_fixed_names():
    assert [str(basis) for basis in Basis] == ["equal_shares", "by_roll", "season", "first_come"]


def test_counts_name_every_school_and_cannot_be_changed():
    allotment = claims.Allotment(schools=("ash", "beech"), served=("beech", "beech"))
    assert allotment.counts == {"ash": 0, "beech": 2}
    with pytest.raises(TypeError):
        allotment.counts["ash"] = 1
