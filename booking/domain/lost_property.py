"""Things left behind at an event: their states, and how long they are kept."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from booking.domain import moves

MoveNotAllowed = moves.MoveNotAllowed

#: How long a thing is kept: schools need time to ask, and hosts have no cellar.
KEPT_AT_LEAST, KEPT_USUALLY, KEPT_AT_MOST = (timedelta(days=days) for days in (7, 28, 90))
WHAT_MAX = 120


class LostState(StrEnum):
    """What has become of a thing."""

    LISTED = "listed"
    CLAIMED = "claimed"
    GIVEN_BACK = "given_back"
    DISPOSED = "disposed_of"


class WayBack(StrEnum):
    """How a school gets its thing back."""

    FETCH = "fetch"
    SEND = "send"


#: Whatever was pressed by mistake goes back to the list.
MOVES: Mapping[LostState, frozenset[LostState]] = MappingProxyType(
    {
        LostState.LISTED: frozenset({LostState.CLAIMED, LostState.GIVEN_BACK, LostState.DISPOSED}),
        LostState.CLAIMED: frozenset({LostState.GIVEN_BACK, LostState.LISTED}),
        LostState.GIVEN_BACK: frozenset({LostState.LISTED}),
        LostState.DISPOSED: frozenset({LostState.LISTED}),
    }
)


def move(state: LostState, to: LostState) -> LostState:
    """Return the new state, or raise MoveNotAllowed."""
    return moves.move("thing", MOVES, state, to)


def may_dispose(state: LostState, kept_until: date, today: date) -> bool:
    """Return whether nobody has asked for a thing by the day that the schools were told."""
    return state is LostState.LISTED and kept_until < today


def kept_until_problem(kept_until: date, today: date) -> str:
    """Return what is wrong with the last day on which a thing is kept, or ""."""
    first, last = today + KEPT_AT_LEAST, today + KEPT_AT_MOST
    if kept_until < first:
        return f"Keep it for at least {KEPT_AT_LEAST.days} days, so that schools can ask for it."
    if kept_until > last:
        return f"Choose a day within {KEPT_AT_MOST.days} days."
    return ""
