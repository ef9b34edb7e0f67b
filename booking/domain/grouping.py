"""Balanced groups of pupils, proposed by one rule: the same pupils always give the same groups.

Pupils are dealt out one by one, or with a friend of the same school, always to the smallest group;
then pupils are exchanged between groups as long as that spreads schools, needs or years better.
Whoever was put into a group by hand stays there.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby, product

#: More groups than this would be a typing error.
GROUPS_MAX = 40
#: An exchange that helps is made until none does; this only stops a mistake of ours.
ROUNDS_MAX = 1000


@dataclass(frozen=True, order=True)
class GroupPupil:
    """One pupil, as far as groups depend on it."""

    school: str
    year: int
    #: Known by this alone; nothing depends on what it says, except between equal pupils.
    reference: str
    #: Whether the day's staff have something to look after; not what it is.
    has_needs: bool = False


Unit = tuple[GroupPupil, ...]


def count_for(pupils: int, size: int) -> int:
    """Return how many groups of at most `size` hold so many pupils."""
    assert size >= 1, "a group holds somebody"
    return max(1, -(-pupils // size))


def propose(
    pupils: Iterable[GroupPupil],
    *,
    count: int,
    pinned: Mapping[str, int] | None = None,
    with_friend: bool = False,
) -> tuple[tuple[str, ...], ...]:
    """Return the references in each of `count` groups, in a fixed order.

    `pinned` says in which group, from 0, some pupils stay. Without any, sizes differ by one at
    most, and so do the numbers from any school. With a friend, nobody is the only one from a
    school, unless the school has sent one pupil; sizes then differ by three at most.
    """
    assert 1 <= count <= GROUPS_MAX, "the form asks for a sensible number"
    pinned = pinned or {}
    everybody = sorted(pupils)
    groups: list[list[Unit]] = [[] for _ in range(count)]
    for one in everybody:
        if one.reference in pinned:
            groups[pinned[one.reference]].append((one,))
    free = [one for one in everybody if one.reference not in pinned]
    fixed = {unit for group in groups for unit in group}
    for unit in _units(free, with_friend=with_friend):
        min(groups, key=lambda group: _cost_of_joining(group, unit)).append(unit)
    _exchange(groups, fixed)
    return tuple(
        tuple(one.reference for one in sorted(one for unit in group for one in unit))
        for group in groups
    )


def _units(pupils: Sequence[GroupPupil], *, with_friend: bool) -> list[Unit]:
    """Return who is dealt out together: each pupil alone, or pairs of a school, the last three."""
    if not with_friend:
        return [(one,) for one in pupils]
    units: list[Unit] = []
    for _, found in groupby(pupils, key=lambda one: one.school):
        school = list(found)
        pairs = [tuple(school[start : start + 2]) for start in range(0, len(school), 2)]
        if len(pairs) > 1 and len(pairs[-1]) == 1:
            pairs[-2:] = [(*pairs[-2], *pairs[-1])]
        units += pairs
    return sorted(units, key=lambda unit: (-len(unit), unit))


def _cost_of_joining(group: Sequence[Unit], unit: Unit) -> tuple[int, ...]:
    inside = [one for other in group for one in other]
    return (
        len(inside),
        sum(one.school == unit[0].school for one in inside),
        sum(one.has_needs for one in inside) if any(one.has_needs for one in unit) else 0,
        sum(one.year == unit[0].year for one in inside),
    )


def _exchange(groups: list[list[Unit]], fixed: set[Unit]) -> None:
    """Exchange units of one size between two groups while that makes the groups more alike."""
    for _ in range(ROUNDS_MAX):
        if not any(_exchange_between(*pair, fixed) for pair in combinations(groups, 2)):
            return


def _exchange_between(first: list[Unit], second: list[Unit], fixed: set[Unit]) -> bool:
    """Make the first exchange between two groups that helps; return whether there was one."""
    before = _unlike(first, second)
    for here, there in product(range(len(first)), range(len(second))):
        mine, theirs = first[here], second[there]
        if len(mine) != len(theirs) or mine in fixed or theirs in fixed or _alike(mine, theirs):
            continue
        first[here], second[there] = theirs, mine
        if _unlike(first, second) < before:
            return True
        first[here], second[there] = mine, theirs
    return False


def _alike(one: Unit, other: Unit) -> bool:
    """Return whether exchanging the two would change nothing."""
    return [*_facts(one)] == [*_facts(other)]


def _facts(unit: Unit) -> Iterator[tuple[str, int, bool]]:
    return ((one.school, one.year, one.has_needs) for one in unit)


def _unlike(*groups: Sequence[Unit]) -> tuple[int, int, int]:
    """Return how unevenly schools, needs and years are spread: the less, the better."""
    people = [[one for unit in group for one in unit] for group in groups]
    return (
        sum(_squares(Counter(one.school for one in group)) for group in people),
        sum(sum(one.has_needs for one in group) ** 2 for group in people),
        sum(_squares(Counter(one.year for one in group)) for group in people),
    )


def _squares(counts: Mapping[object, int]) -> int:
    return sum(count * count for count in counts.values())
