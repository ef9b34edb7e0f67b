"""Rules that each break a promise, to test the tests: people have proposed every one of them."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction
from itertools import count, islice

from booking.domain.allocation import draw, path
from booking.domain.allocation.claims import Allotment, Basis, Claim, RoundFacts

Rule = Callable[[RoundFacts], Allotment]
_calls = count()


def _served(round_: RoundFacts, served: Iterable[str]) -> Allotment:
    return Allotment(round_.schools, tuple(served))


def _honest(round_: RoundFacts) -> Allotment:
    return _served(round_, islice(path.Path(round_).walk(), round_.places))


def _one_by_one(round_: RoundFacts, order: Iterable[Claim]) -> Allotment:
    """Serve each school in full before the next one."""
    queue = [claim.school for claim in order for _ in range(claim.limit)]
    return _served(round_, queue[: round_.places])


def _lottery(round_: RoundFacts) -> list[Claim]:
    order = draw.lottery_order(round_.seed, round_.event, round_.schools)
    return [round_.claim_of(school) for school in order]


def oversold(round_: RoundFacts) -> Allotment:
    """Squeeze one more in."""
    return _served(round_, islice(path.Path(round_).walk(), round_.places + 1))


def kept_back(round_: RoundFacts) -> Allotment:
    """Keep the last place, just in case."""
    return _served(round_, _honest(round_).served[:-1])


def drawn_by_lots(round_: RoundFacts) -> Allotment:
    """Let lots decide who is served in full."""
    return _one_by_one(round_, _lottery(round_))


def by_alphabet(round_: RoundFacts) -> Allotment:
    """Serve in the order of names."""
    return _one_by_one(round_, sorted(round_.claims, key=lambda claim: claim.school))


def as_listed(round_: RoundFacts) -> Allotment:
    """Serve in the order in which requests are listed."""
    return _one_by_one(round_, round_.claims)


def by_requests(round_: RoundFacts) -> Allotment:
    """Share in proportion to what was asked for, largest remainders first."""
    return _by_quota(round_, {claim.school: claim.limit for claim in round_.claims})


def by_roll_quota(round_: RoundFacts) -> Allotment:
    """Share in proportion to rolls, largest remainders first: Hamilton's method."""
    return _by_quota(round_, {claim.school: claim.weight for claim in round_.claims})


def _by_quota(round_: RoundFacts, weights: dict[str, int]) -> Allotment:
    total = sum(weights.values()) or 1
    exact = {s: Fraction(round_.places * weight, total) for s, weight in weights.items()}
    given = {school: int(quota) for school, quota in exact.items()}
    left = round_.places - sum(given.values())
    for school in sorted(exact, key=lambda s: (given[s] - exact[s], s))[:left]:
        given[school] += 1
    return _served(
        round_, (s for s in sorted(given) for _ in range(min(given[s], round_.claim_of(s).limit)))
    )


def by_whim_of_the_first(round_: RoundFacts) -> Allotment:
    """Serve the first school in full; whether it asks for an odd number decides who is next.

    Nobody gains by lying alone, but the first school can sell its choice.
    """
    first, *others = sorted(round_.claims, key=lambda claim: claim.school) or [None]
    if first is None:
        return _served(round_, ())
    return _one_by_one(round_, [first, *(reversed(others) if first.wanted % 2 else others)])


def by_the_number_of_schools(round_: RoundFacts) -> Allotment:
    """Let the number of schools that ask decide who is first."""
    order = _lottery(round_)
    return _one_by_one(round_, reversed(order) if len(order) % 2 else order)


def large_ones_first(round_: RoundFacts) -> Allotment:
    """Share by roll with D'Hondt's divisors, which favour large schools."""
    units = sorted(
        (nth > claim.at_least, Fraction(nth, claim.weight), claim.school)
        for claim in round_.claims
        for nth in range(1, claim.limit + 1)
    )
    return _served(round_, (school for *_, school in units[: round_.places]))


def _changed(round_: RoundFacts, change: Callable[[Claim], Claim]) -> Allotment:
    return _honest(replace(round_, claims=tuple(change(claim) for claim in round_.claims)))


def without_guarantees(round_: RoundFacts) -> Allotment:
    """Forget what each school is guaranteed."""
    return _changed(round_, lambda claim: replace(claim, at_least=0))


def without_deadline(round_: RoundFacts) -> Allotment:
    """Be lenient with those who are late."""
    return _changed(round_, lambda claim: replace(claim, late=False, in_time=0))


def without_memory(round_: RoundFacts) -> Allotment:
    """Forget what schools have received this year."""
    return _changed(
        replace(round_, basis=Basis.EQUAL_SHARES), lambda claim: replace(claim, received=0)
    )


def by_mood(round_: RoundFacts) -> Allotment:
    """Draw again each time."""
    return _honest(replace(round_, seed=f"mood {next(_calls)}"))
