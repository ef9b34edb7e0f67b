"""How long the domain takes to share a very large round, and how that grows."""

import gc
import random
from collections.abc import Iterator
from dataclasses import dataclass
from time import process_time

from booking.domain.allocation import claims, share

BASES = (claims.Basis.EQUAL_SHARES, claims.Basis.BY_ROLL, claims.Basis.SEASON)


@dataclass(frozen=True)
class Growth:
    """The seconds of a round, of one a tenth as large, and how much longer it takes.

    Seconds of one core, whatever else the machine is doing. Steps grow with n log s, which the
    tests count; what comes on top is memory: the large round does not fit into the fast part.
    """

    basis: str
    schools: int
    places: int
    tenth_seconds: float
    seconds: float

    @property
    def ratio(self) -> float:
        """How many times longer ten times the size takes."""
        return self.seconds / self.tenth_seconds


def measure(*, schools: int, places: int, times: int) -> Iterator[Growth]:
    """Yield the time of a round in which every place asked for is given, by each basis.

    The best of several: what others do with the machine's memory only ever adds.
    """
    for basis in BASES:
        large = _round(basis, schools, places)
        small = _round(basis, schools // 10, places // 10)
        yield Growth(str(basis), schools, places, _seconds(small, times), _seconds(large, times))


def _round(basis: claims.Basis, schools: int, places: int) -> claims.Round:
    rng = random.Random(schools)
    wanted = [places // schools] * schools
    for _ in range(schools):
        one, another = rng.randrange(schools), rng.randrange(schools)
        moved = rng.randrange(wanted[one])
        wanted[one] -= moved
        wanted[another] += moved
    asked = tuple(
        claims.Claim(
            f"school-{number}", count, weight=rng.randint(30, 900), at_least=1,
            received=rng.randint(0, 40),
        )
        for number, count in enumerate(wanted)
    )  # fmt: skip
    return claims.Round("an-event", sum(wanted), basis, asked, "a seed for measuring" * 2)


def _seconds(round_: claims.Round, times: int) -> float:
    found = []
    for _ in range(times):
        gc.collect()
        began = process_time()
        share.allot(round_)
        found.append(process_time() - began)
    return min(found)
