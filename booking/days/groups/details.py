"""How pupils are arranged in groups, as a plain value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple


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
