"""The port to whatever finds a maximum flow of least cost in a network."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol


class NotSolved(RuntimeError):
    """No exact answer was found."""


class TooLarge(NotSolved):
    """The numbers of a season are too large to be added up exactly."""


class Arc(NamedTuple):
    """A way from one node to another; its capacity and its cost per unit are whole numbers."""

    tail: int
    head: int
    capacity: int
    cost: int


@dataclass(frozen=True)
class Flows:
    """A network of nodes numbered from 0, with flow from its source to its sink."""

    nodes: int
    source: int
    sink: int
    arcs: tuple[Arc, ...]
    #: No flow from source to sink is greater than this.
    most: int

    def cost(self, flow: Sequence[int]) -> int:
        """Return the exact cost of a flow, written as one number for each arc."""
        return sum(arc.cost * units for arc, units in zip(self.arcs, flow, strict=True))


class Solver(Protocol):
    """Finds flows."""

    def cheapest(self, flows: Flows) -> Sequence[int]:
        """Return the flow on each arc: of all maximum flows, one of least cost.

        The same network always gets the same answer. Raises TooLarge or NotSolved.
        """
        ...
