"""Who is next: the line is what the round would have done with more places.

Nothing is shared out again when a place comes back. Each school's next unit is the one after those
it holds now, and the units keep the keys of the round, so an extra place never takes one away.
"""

from collections.abc import Mapping
from itertools import islice

from booking.domain.allocation import claims, path


def order(
    round_: claims.RoundFacts,
    held: Mapping[str, int],
    wanted: Mapping[str, int] | None = None,
    *,
    length: int | None = None,
) -> tuple[str, ...]:
    """Return the schools of the next places, one for each place, so a school may come again.

    `held` is what each school holds now (none, if not listed); a school without a claim may hold
    places but is not in the line. `wanted` is what a school wants now, if that has changed since
    its claim; this makes no place late, so write a request raised after the deadline as a late
    claim. `length` cuts the answer short.
    """
    limits = _limits(round_, held, wanted or {})
    return tuple(islice(path.Path(round_).walk(held, limits), length))


def position(round_: claims.RoundFacts, school: str, nth: int) -> int:
    """Return the place in the order, from 1, that the school's nth unit has or would have had.

    A unit that the school did not ask for is counted as if it had asked for that many.
    """
    return path.Path(round_).position(school, nth)


def _limits(
    round_: claims.RoundFacts, held: Mapping[str, int], wanted: Mapping[str, int]
) -> dict[str, int]:
    for number in held.values():
        claims.whole(number, "The number of places held")
    limits = {}
    for school, number in wanted.items():
        claims.whole(number, "The number of places wanted")
        cap = round_.claim_of(school).at_most
        limits[school] = number if cap is None else min(number, cap)
    return limits
