"""One table of allowed moves between states, and the one way to make a move."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

AnyState = TypeVar("AnyState", bound=StrEnum)


class MoveNotAllowed(Exception):
    """The table of moves does not let this state become that one."""

    def __init__(self, thing: str, state: StrEnum, to: StrEnum) -> None:
        self.state = state
        self.to = to
        super().__init__(f"A {thing} that is {_plain(state)} cannot become {_plain(to)}.")


def move(
    thing: str, table: Mapping[AnyState, frozenset[AnyState]], state: AnyState, to: AnyState
) -> AnyState:
    """Return the new state, or raise MoveNotAllowed. Staying put is no move."""
    if to not in table[state]:
        raise MoveNotAllowed(thing, state, to)
    return to


def _plain(state: StrEnum) -> str:
    return state.value.replace("_", " ")
