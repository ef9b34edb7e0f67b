"""What pupils wish for within an event, and what they are given: the types."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property

from booking.domain.allocation import claims

#: The most workshops that a pupil may wish for in one part of the day, best first.
WISHES_MAX = 3


class Half(IntEnum):
    """A part of the day in which everybody is at one workshop."""

    FIRST = 1
    SECOND = 2


@dataclass(frozen=True)
class OfferedWorkshop:
    """A workshop: how many may come, and which parts of the day it takes."""

    reference: str
    places: int
    halves: tuple[Half, ...]

    def __post_init__(self) -> None:
        claims.legible(self.reference, "The reference of a workshop")
        claims.whole(self.places, "The number of places", least=1)
        assert self.halves in {(Half.FIRST,), (Half.SECOND,), tuple(Half)}, "one part, or both"

    @property
    def begins_in(self) -> Half:
        """The part of the day for which pupils wish for it."""
        return self.halves[0]


@dataclass(frozen=True)
class Chooser:
    """A pupil, by a reference alone, and what the pupil would like in each part, best first.

    Nothing else: not when it was said, by whom, from which school, or whether anything was paid.
    """

    reference: str
    wishes: Mapping[Half, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        claims.legible(self.reference, "The reference of a pupil")

    def wishes_in(self, half: Half) -> tuple[str, ...]:
        """Return the wishes for one part of the day."""
        return self.wishes.get(half, ())


class WishesRefused(claims.ClaimRefused):
    """Wishes name a workshop that is not there, the same one twice, or too many."""


@dataclass(frozen=True)
class DayOfWorkshops:
    """Everything that decides who goes where."""

    event: str
    workshops: tuple[OfferedWorkshop, ...]
    pupils: tuple[Chooser, ...]
    #: The lottery's seed, whose commitment was shown before any wish was given.
    seed: str

    def __post_init__(self) -> None:
        claims.legible(self.event, "The short name of an event")
        claims.legible(self.seed, "The seed of the lottery")
        if len(self.workshop_of) < len(self.workshops):
            raise WishesRefused("Two workshops have the same reference.")
        if len({pupil.reference for pupil in self.pupils}) < len(self.pupils):
            raise WishesRefused("Two pupils have the same reference.")
        for pupil in self.pupils:
            for half, wished in pupil.wishes.items():
                self._check(half, wished)

    def _check(self, half: Half, wished: tuple[str, ...]) -> None:
        if len(wished) > WISHES_MAX or len(set(wished)) < len(wished):
            raise WishesRefused(f"Choose up to {WISHES_MAX} different workshops.")
        if not set(wished) <= {workshop.reference for workshop in self.beginning_in(half)}:
            raise WishesRefused("A wish is for a workshop at another time.")

    @cached_property
    def workshop_of(self) -> Mapping[str, OfferedWorkshop]:
        """The workshops by reference."""
        return {workshop.reference: workshop for workshop in self.workshops}

    def beginning_in(self, half: Half) -> list[OfferedWorkshop]:
        """Return the workshops wished for in one part of the day, whole-day ones in the first."""
        found = [workshop for workshop in self.workshops if workshop.begins_in is half]
        return sorted(found, key=lambda workshop: workshop.reference)

    def spots_of_part(self, half: Half) -> int:
        """Return the places of the workshops that take this part of the day only."""
        return sum(each.places for each in self.workshops if each.halves == (half,))

    @property
    def most_for_first(self) -> int:
        """The most pupils who can be at a workshop of the first part only.

        Each of them needs one in the second as well, if there are any.
        """
        first, second = self.spots_of_part(Half.FIRST), self.spots_of_part(Half.SECOND)
        return min(first, second) if second else first


#: The workshop of each pupil who has one, by reference, in one part of the day.
Seated = Mapping[Half, Mapping[str, str]]


def taken(seated: Seated, half: Half) -> Counter[str]:
    """Return how many places are taken at each workshop in one part of the day."""
    return Counter(seated.get(half, {}).values())


def most_free(free: Iterable[OfferedWorkshop], count: Counter[str]) -> OfferedWorkshop | None:
    """Return the workshop with the most room, the first by reference of several; None if full."""
    room = [each for each in free if count[each.reference] < each.places]
    return min(room, key=lambda w: (count[w.reference] - w.places, w.reference), default=None)
