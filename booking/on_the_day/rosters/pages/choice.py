"""What a reader chose to see of a roster, as its address carries it: never more than is open."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

ADULTS = "Accompanying adults"


class RosterOrder(StrEnum):
    """How a roster is sorted, and what stands above each part of it."""

    SCHOOL = "school"
    NAME = "name"
    GROUP = "group"
    WORKSHOP = "workshop"


ORDER_WORDS = {
    RosterOrder.SCHOOL: "By school",
    RosterOrder.NAME: "A to Z",
    RosterOrder.GROUP: "By group",
    RosterOrder.WORKSHOP: "By workshop",
}


@dataclass(frozen=True)
class RosterChoice:
    """The order, and the headings of the columns; None: all of them.

    It is kept in the address and nowhere else: a choice that was remembered would hide alerts from
    somebody who has forgotten it.
    """

    order: RosterOrder = RosterOrder.SCHOOL
    columns: frozenset[str] | None = None

    def shows(self, heading: str) -> bool:
        """Return whether a column is wanted. Adults stand beside their school: elsewhere only if
        they were ticked.
        """
        if self.columns is None:
            return heading != ADULTS or self.order is RosterOrder.SCHOOL
        return heading in self.columns

    def address(self, order: RosterOrder | None = None) -> dict[str, object]:
        """Return what addresses carry of it; given an order, of the same columns in that order."""
        by = self.order if order is None else order
        found: dict[str, object] = {} if by is RosterOrder.SCHOOL else {"by": by.value}
        if self.columns is not None:
            found |= {"chosen": "yes", "column": sorted(self.columns)}
        return found


EVERYTHING = RosterChoice()


def choice_of(*, by: str, columns: Collection[str] | None) -> RosterChoice:
    """Return what an address asks for; an order that there is not is the one by school."""
    order = RosterOrder(by) if by in set(RosterOrder) else RosterOrder.SCHOOL
    return RosterChoice(order, None if columns is None else frozenset(columns))
