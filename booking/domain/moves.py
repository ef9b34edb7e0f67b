"""One table of allowed moves between states, and the one way to make a move."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

AnyState = TypeVar("AnyState", bound=StrEnum)


class MoveNotAllowed(Exception):
    """The table of moves does not allow this change of state; the message says so to people."""

    def __init__(self, thing: str, state: StrEnum, to: StrEnum) -> None:
        self.state = state
        self.to = to
        super().__init__(_refusal(thing, state, to))


def move(
    thing: str, table: Mapping[AnyState, frozenset[AnyState]], state: AnyState, to: AnyState
) -> AnyState:
    """Return the new state, or raise MoveNotAllowed. Staying in the same state is not a move."""
    if to not in table[state]:
        raise MoveNotAllowed(thing, state, to)
    return to


def _refusal(thing: str, state: StrEnum, to: StrEnum) -> str:
    if to == state:
        return f"This {thing} is already {_plain(state)}."
    return f"This {thing} is {_plain(state)}, so it cannot be marked as {_plain(to)}."


def _plain(state: StrEnum) -> str:
    return state.value.replace("_", " ")
