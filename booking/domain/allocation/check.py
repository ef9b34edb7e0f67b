"""The second opinion: whether an allotment is what its round called for, worked out another way.

Run it before a result is saved and again when one is read. It shares no arithmetic with `path`:
keys are compared as fractions by cross-multiplication, straight from the rule as published.
"""

from typing import NamedTuple

from booking.domain.allocation import claims, draw


class Breach(AssertionError):
    """An allotment is not what its round called for; it must not be saved or shown."""


class OtherSchools(Breach):
    """The schools of the allotment are not those of the round."""


class TooManyPlaces(Breach):
    """More places were given than there are, or than a school may have."""


class PlacesLeftOver(Breach):
    """A place was kept back from a school that asked for it."""


class OutOfTurn(Breach):
    """A place was given before one that comes sooner in the order."""


class _Turn(NamedTuple):
    """When a unit comes: tier, then level (top / bottom), then what parts a tie."""

    tier: int
    top: int
    bottom: int
    tie: tuple[int, str, str]

    def before(self, other: "_Turn") -> bool:
        mine = (self.tier, self.top * other.bottom, self.tie)
        return mine < (other.tier, other.top * self.bottom, other.tie)


def assert_valid(round_: claims.RoundFacts, allotment: claims.Allotment) -> None:
    """Raise a Breach unless this is the allotment that the round's rule gives."""
    if allotment.schools != round_.schools or not set(allotment.served) <= set(round_.schools):
        raise OtherSchools("The schools of the result are not those of the round.")
    _check_counts(round_, allotment)
    _check_turns(round_, allotment)


def _check_counts(round_: claims.RoundFacts, allotment: claims.Allotment) -> None:
    given = len(allotment.served)
    if given > round_.places:
        raise TooManyPlaces(f"{given} places were given; there are {round_.places}.")
    for claim in round_.claims:
        count = allotment.counts[claim.school]
        if count > claim.limit:
            raise TooManyPlaces(
                f"{claim.school} was given {count} places; it may have {claim.limit}."
            )
    if given < min(round_.places, sum(claim.limit for claim in round_.claims)):
        raise PlacesLeftOver(f"Only {given} places were given although more were asked for.")


def _check_turns(round_: claims.RoundFacts, allotment: claims.Allotment) -> None:
    ties = {
        claim.school: (
            claim.received,
            draw.ticket(round_.seed, round_.event, claim.school),
            claim.school,
        )
        for claim in round_.claims
    }
    last = _Turn(-1, 0, 1, (0, "", ""))
    given = dict.fromkeys(round_.schools, 0)
    for position, school in enumerate(allotment.served, start=1):
        given[school] += 1
        turn = _turn(round_.basis, round_.claim_of(school), given[school], ties[school])
        if not last.before(turn):
            raise OutOfTurn(
                f"Place {position} went to {school}, whose turn was before place {position - 1}."
            )
        last = turn
    for claim in round_.claims:
        nth = allotment.counts[claim.school] + 1
        if nth > claim.limit:
            continue
        if _turn(round_.basis, claim, nth, ties[claim.school]).before(last):
            raise OutOfTurn(f"{claim.school} was passed over.")


def _turn(basis: claims.Basis, claim: claims.Claim, nth: int, tie: tuple[int, str, str]) -> _Turn:
    late = claim.late and nth > claim.in_time
    if nth <= claim.at_least and not late:
        return _Turn(0, nth, 1, tie)
    tier = 2 if late else 1
    match basis:
        case claims.Basis.EQUAL_SHARES:
            return _Turn(tier, nth, 1, tie)
        case claims.Basis.BY_ROLL:
            return _Turn(tier, 2 * nth - 1, claim.weight, tie)
        case claims.Basis.SEASON:
            return _Turn(tier, claim.received + nth, claim.weight, tie)
        case claims.Basis.FIRST_COME:
            return _Turn(tier, _arrival(claim) + nth, 1, tie)


def _arrival(claim: claims.Claim) -> int:
    assert claim.arrived is not None, "a Round refuses a claim without its arrival"
    return claim.arrived * (claims.MOST_PLACES + 2)
