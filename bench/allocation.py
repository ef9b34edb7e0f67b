"""How long the domain takes to share out a very large round, and how that grows."""

import gc
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from math import log
from time import process_time

from booking.domain.allocation import claims, path, share

BASES = (claims.Basis.EQUAL_SHARES, claims.Basis.BY_ROLL, claims.Basis.SEASON)


@dataclass(frozen=True)
class Growth:
    """How long a round takes, how long one a tenth as large takes, and how much that grows.

    Seconds are those of one core, whatever else the machine is doing; steps are turns looked up and
    turns compared, the same on every machine. Seconds grow faster because of memory: the small
    round fits in the cache, and the large one does not.
    """

    basis: str
    schools: int
    places: int
    tenth_seconds: float
    seconds: float
    tenth_steps: int
    steps: int

    @property
    def ratio(self) -> float:
        """How many times as long ten times the size takes."""
        return self.seconds / self.tenth_seconds

    @property
    def steps_ratio(self) -> float:
        """How many times as many steps ten times the size takes."""
        return self.steps / self.tenth_steps

    @property
    def promised_ratio(self) -> float:
        """How many times larger n log n is for ten times as many places."""
        return 10 * log(self.places) / log(self.places / 10)


def measure(*, schools: int, places: int, times: int) -> Iterator[Growth]:
    """Yield, for each basis, the time of a round in which every place asked for is given.

    The best of several, because other programs' use of memory only ever adds time.
    """
    for basis in BASES:
        large = _round(basis, schools, places)
        small = _round(basis, schools // 10, places // 10)
        yield Growth(
            str(basis),
            schools,
            places,
            _seconds(small, times),
            _seconds(large, times),
            steps(small),
            steps(large),
        )


def _round(basis: claims.Basis, schools: int, places: int) -> claims.RoundFacts:
    """Return a round of schools with a realistic 30 to 900 pupils in the eligible years."""
    rng = random.Random(schools)
    wanted = [places // schools] * schools
    for _ in range(schools):
        one, another = rng.randrange(schools), rng.randrange(schools)
        moved = rng.randrange(wanted[one])
        wanted[one] -= moved
        wanted[another] += moved
    asked = tuple(
        claims.Claim(
            f"school-{number}",
            count,
            weight=rng.randint(30, 900),
            at_least=1,
            received=rng.randint(0, 40),
        )
        for number, count in enumerate(wanted)
    )
    return claims.RoundFacts("an-event", sum(wanted), basis, asked, "a seed for measuring" * 2)


def _seconds(round_: claims.RoundFacts, times: int) -> float:
    found = []
    for _ in range(times):
        gc.collect()
        began = process_time()
        share.allot(round_)
        found.append(process_time() - began)
    return min(found)


class _Turn(int):
    """A turn that counts how often turns are compared."""

    compared = 0

    def __lt__(self, other: int) -> bool:
        _Turn.compared += 1
        return int(self) < other


class _CountingPath(path.Path):
    """A path that counts how often it looks a turn up."""

    looked_up = 0

    def _turn(self, rank: int, nth: int) -> int:
        self.looked_up += 1
        return _Turn(super()._turn(rank, nth))


def steps(round_: claims.RoundFacts) -> int:
    """Return how many turns a round looks up and compares."""
    _Turn.compared = 0
    followed = _CountingPath(round_)
    for _ in islice(followed.walk(), round_.places):
        pass
    return followed.looked_up + _Turn.compared
