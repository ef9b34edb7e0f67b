"""Rounds to test with: strategies, builders, and the rule written in the plainest way."""

from collections.abc import Sequence
from fractions import Fraction

from hypothesis import settings
from hypothesis import strategies as st

from booking.domain.allocation import draw, share
from booking.domain.allocation.claims import Basis, Claim, RoundFacts

NONE = st.none()
EVENT = "puzzle-day"
SEED = "0123456789abcdef0123456789abcdef"

#: Decorates each property, so that the number of examples is set in one place.
PROPERTY = settings.get_profile("allocation")


def drawn(number: int) -> tuple[str, ...]:
    """Return this many schools in the order in which the lottery draws them."""
    return draw.lottery_order(SEED, EVENT, [f"school-{n}" for n in range(number)])


def make_round(
    claims: Sequence[Claim], *, places: int, basis: Basis = Basis.EQUAL_SHARES, seed: str = SEED
) -> RoundFacts:
    return RoundFacts(event=EVENT, places=places, basis=basis, claims=tuple(claims), seed=seed)


def counts(round_: RoundFacts) -> dict[str, int]:
    return dict(share.allot(round_).counts)


@st.composite
def claims(
    draw_: st.DrawFn, school: str, basis: Basis, *, most: int = 8, plain: bool = False
) -> Claim:
    """Return any claim of a school; a plain one has no guarantee, cap or lateness."""
    facts = {"wanted": draw_(st.integers(1, most)), "received": draw_(st.integers(0, 4))}
    if basis in (Basis.BY_ROLL, Basis.SEASON):
        facts["weight"] = draw_(st.integers(1, 9))
    if basis is Basis.FIRST_COME:
        facts["arrived"] = draw_(st.integers(0, 5))
    if plain:
        return Claim(school, **facts)
    at_most = draw_(NONE | st.integers(0, most))
    at_least = draw_(st.integers(0, most if at_most is None else at_most))
    in_time = draw_(NONE | NONE | st.integers(0, most))
    late = {} if in_time is None else {"late": True, "in_time": in_time}
    return Claim(school, at_least=at_least, at_most=at_most, **facts, **late)


@st.composite
def rounds(
    draw_: st.DrawFn,
    *,
    basis: Basis | None = None,
    schools: int = 5,
    places: int = 20,
    most: int = 8,
    plain: bool = False,
) -> RoundFacts:
    """Return any round of a few schools."""
    basis = basis or draw_(st.sampled_from(list(Basis)))
    return RoundFacts(
        event=EVENT,
        places=draw_(st.integers(0, places)),
        basis=basis,
        claims=tuple(
            draw_(claims(f"school-{n}", basis, most=most, plain=plain))
            for n in range(draw_(st.integers(1, schools)))
        ),
        seed=f"{SEED}{draw_(st.integers(0, 99))}",
    )


def by_the_book(round_: RoundFacts) -> tuple[tuple[str, int], ...]:
    """Return every unit asked for, in order: all keys as fractions, sorted."""
    units = [
        (key(round_, claim, nth), claim.school, nth)
        for claim in round_.claims
        for nth in range(1, min(claim.wanted, _cap(claim)) + 1)
    ]
    return tuple((school, nth) for _, school, nth in sorted(units))


def _cap(claim: Claim) -> int:
    return claim.wanted if claim.at_most is None else claim.at_most


def key(round_: RoundFacts, claim: Claim, nth: int) -> tuple[object, ...]:
    """Return when a school's nth place comes, according to the published rule."""
    late = claim.late and nth > claim.in_time
    tie = (claim.received, draw.ticket(round_.seed, round_.event, claim.school))
    if nth <= claim.at_least and not late:
        return (0, Fraction(nth), 0, *tie)
    tier = 2 if late else 1
    match round_.basis:
        case Basis.EQUAL_SHARES:
            return (tier, Fraction(nth), 0, *tie)
        case Basis.BY_ROLL:
            return (tier, Fraction(2 * nth - 1, claim.weight), 0, *tie)
        case Basis.SEASON:
            return (tier, Fraction(claim.received + nth, claim.weight), 0, *tie)
        case Basis.FIRST_COME:
            assert claim.arrived is not None
            return (tier, Fraction(claim.arrived), nth, *tie)
