"""The moves between the states of tours and stops, and which stops take up time."""

from collections.abc import Mapping
from types import MappingProxyType

from booking.days.tours.models import StopState, TourState
from booking.domain import moves

TOUR_MOVES: Mapping[TourState, frozenset[TourState]] = MappingProxyType(
    {
        TourState.DRAFT: frozenset({TourState.OPEN}),
        TourState.OPEN: frozenset({TourState.ENDED}),
        TourState.ENDED: frozenset(),
    }
)
STOP_MOVES: Mapping[StopState, frozenset[StopState]] = MappingProxyType(
    {
        StopState.ASKED: frozenset({StopState.ACCEPTED, StopState.DECLINED, StopState.WITHDRAWN}),
        StopState.ACCEPTED: frozenset({StopState.CANCELLED}),
        StopState.DECLINED: frozenset(),
        StopState.WITHDRAWN: frozenset(),
        StopState.CANCELLED: frozenset(),
    }
)
#: What everybody can read of.
PUBLIC = (TourState.OPEN, TourState.ENDED)
#: A school has at most one of these in a tour.
LIVE = (StopState.ASKED, StopState.ACCEPTED)


def move_tour(state: TourState, to: TourState) -> TourState:
    """Return the new state, or raise MoveNotAllowed."""
    return moves.move("tour", TOUR_MOVES, state, to)


def move_stop(state: StopState, to: StopState) -> StopState:
    """Return the new state, or raise MoveNotAllowed."""
    return moves.move("stop", STOP_MOVES, state, to)
