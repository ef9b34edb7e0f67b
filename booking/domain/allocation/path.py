"""The path: one strict order of every place that any school could be given.

A unit is a school's nth place at an event. Before requests are read, every unit (school, nth) has
a key that strictly increases with nth; a round gives its places to the smallest keys that were
asked for. That makes each rule a fixed-path rationing method: efficient, truthful, consistent and
monotone in places (H. Moulin, "Rationing a commodity along fixed paths", Journal of Economic
Theory 84, 1999; for equal shares Y. Sprumont, "The division problem with single-peaked
preferences", Econometrica 59, 1991). By roll is Webster's divisor method, because a method of
quotas would take places from a school when a place is added (M. Balinski and H. P. Young, "Fair
Representation", 1982).

The key is (tier, level, places received this year, lottery ticket):

    tier 0, level n                   the nth place is guaranteed and was asked for on time
    tier 1, level by the basis        every other place asked for on time
    tier 2, level by the basis        places asked for late

    equal shares   n                  by roll      (2n - 1) / weight
    season         (received + n) / weight         first come   (arrival, n)

Levels are compared exactly and without fractions. Two different fractions whose denominators are
at most W differ by at least 1 / W², so multiplied by W² they differ by at least 1, and their whole
parts keep their order; equal fractions have equal whole parts. Tier and level are then one
integer, the turn, and so is the whole key. Schools that are level share a turn, so a walk keeps
the turns in a heap, and in each turn the schools that wait for it.
"""

import heapq
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from booking.domain.allocation import claims, draw

GUARANTEED, IN_TIME, LATE = 0, 1, 2

#: Beyond every level: the greatest is below 2 * (2 * MOST_PLACES) * MOST_WEIGHT².
_TIER = 2**72
#: Beyond every nth place, so that an arrival number outranks it.
_ARRIVAL = 2**25


@dataclass(frozen=True)
class _Pace:
    """How the level of a school's nth place grows: (step * nth + start) / weight."""

    step: int
    start: int
    weight: int


def _pace(basis: claims.Basis, claim: claims.Claim) -> _Pace:
    match basis:
        case claims.Basis.EQUAL_SHARES:
            return _Pace(step=1, start=0, weight=1)
        case claims.Basis.BY_ROLL:
            return _Pace(step=2, start=-1, weight=claim.weight)
        case claims.Basis.SEASON:
            return _Pace(step=1, start=claim.received, weight=claim.weight)
        case claims.Basis.FIRST_COME:
            assert claim.arrived is not None, "a Round refuses a claim without its arrival"
            return _Pace(step=1, start=claim.arrived * _ARRIVAL, weight=1)


class Path:
    """The order of units that a round follows, and walks along it."""

    def __init__(self, round_: claims.RoundFacts) -> None:
        self.claims: Sequence[claims.Claim] = sorted(
            round_.claims,
            key=lambda claim: (
                claim.received,
                draw.ticket(round_.seed, round_.event, claim.school),
                claim.school,
            ),
        )
        self._ranks = {claim.school: rank for rank, claim in enumerate(self.claims)}
        paces = [_pace(round_.basis, claim) for claim in self.claims]
        self._scale = max((pace.weight for pace in paces), default=1) ** 2
        self._terms = [
            (claim.at_least, claim.punctual, pace.step, pace.start, pace.weight)
            for claim, pace in zip(self.claims, paces, strict=True)
        ]

    def _turn(self, rank: int, nth: int) -> int:
        at_least, punctual, step, start, weight = self._terms[rank]
        if nth > punctual:
            return LATE * _TIER + (step * nth + start) * self._scale // weight
        if nth > at_least:
            return IN_TIME * _TIER + (step * nth + start) * self._scale // weight
        return GUARANTEED * _TIER + nth

    def _key(self, rank: int, nth: int) -> int:
        return self._turn(rank, nth) * len(self._terms) + rank

    def key(self, school: str, nth: int) -> int:
        """Return the key of the school's nth place: lower comes first, and no two are equal."""
        claims.whole(nth, "The number of the place", least=1)
        return self._key(self._rank(school), nth)

    def turn(self, school: str, nth: int) -> tuple[int, int]:
        """Return the tier and the level of the school's nth place: equal turns are a tie."""
        claims.whole(nth, "The number of the place", least=1)
        return divmod(self._turn(self._rank(school), nth), _TIER)

    def walk(
        self, held: Mapping[str, int] | None = None, limits: Mapping[str, int] | None = None
    ) -> Iterator[str]:
        """Yield the school of each next unit in order, beyond what schools hold, until all end.

        A school's limit is its claim's unless `limits` names another.
        """
        held, limits = held or {}, limits or {}
        nth = [held.get(claim.school, 0) + 1 for claim in self.claims]
        last = [limits.get(claim.school, claim.limit) for claim in self.claims]
        names = [claim.school for claim in self.claims]
        waiting: dict[int, list[int]] = defaultdict(list)
        for rank in range(len(names)):
            if nth[rank] <= last[rank]:
                waiting[self._turn(rank, nth[rank])].append(rank)
        turns = list(waiting)
        heapq.heapify(turns)
        while turns:
            for rank in sorted(waiting.pop(heapq.heappop(turns))):
                yield names[rank]
                nth[rank] += 1
                if nth[rank] <= last[rank]:
                    turn = self._turn(rank, nth[rank])
                    if turn not in waiting:
                        heapq.heappush(turns, turn)
                    waiting[turn].append(rank)

    def position(self, school: str, nth: int) -> int:
        """Return where the school's nth place comes, or would have come, among all asked for."""
        key, own = self.key(school, nth), self._rank(school)
        ahead = sum(
            self._asked_before(key, rank) for rank in range(len(self._terms)) if rank != own
        )
        return ahead + nth

    def _asked_before(self, key: int, rank: int) -> int:
        units = range(1, self.claims[rank].limit + 1)
        return bisect_left(units, key, key=lambda nth: self._key(rank, nth))

    def _rank(self, school: str) -> int:
        if school not in self._ranks:
            raise claims.NoSuchClaim(f"{school} has no request in this round.")
        return self._ranks[school]
