"""How pupils are arranged in groups, and what a workshop is, as plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from booking.days.groups.models import WorkshopTime
from booking.domain.workshops.choices import Half


class Spot(NamedTuple):
    """Where a pupil is: the position of the group, and whether somebody put them there by hand."""

    group: int
    pinned: bool = False


@dataclass(frozen=True)
class Arrangement:
    """The groups of an event by position, and where pupils are, by booking."""

    names: tuple[str, ...] = ()
    spots: Mapping[int, Spot] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept, to be taken back."""
        return {
            "names": list(self.names),
            "spots": {str(k): list(v) for k, v in self.spots.items()},
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Arrangement":
        """Return what was kept."""
        spots = {int(key): Spot(*value) for key, value in kept["spots"].items()}
        return cls(tuple(kept["names"]), spots)


@dataclass(frozen=True)
class WorkshopDetails:
    """What a host says about a workshop."""

    title: str
    line: str
    room: str
    places: int
    time: WorkshopTime


HALVES: Mapping[WorkshopTime, tuple[Half, ...]] = MappingProxyType(
    {
        WorkshopTime.FIRST: (Half.FIRST,),
        WorkshopTime.SECOND: (Half.SECOND,),
        WorkshopTime.WHOLE_DAY: (Half.FIRST, Half.SECOND),
    }
)

#: The wishes of a pupil: workshops by id, best first, for each part of the day.
Wishes = Mapping[Half, Sequence[int]]
