"""The moves between what becomes of a wish for seats, and which of them count."""

from collections.abc import Mapping
from types import MappingProxyType

from booking.domain import moves
from booking.on_the_day.travel.models import SeatState

SEAT_MOVES: Mapping[SeatState, frozenset[SeatState]] = MappingProxyType(
    {
        SeatState.ASKED: frozenset(
            {
                SeatState.CONFIRMED,
                SeatState.DECLINED,
                SeatState.WITHDRAWN,
                SeatState.CALLED_OFF,
            }
        ),
        SeatState.CONFIRMED: frozenset(
            {SeatState.TAKEN_BACK, SeatState.WITHDRAWN, SeatState.CALLED_OFF}
        ),
        SeatState.DECLINED: frozenset(),
        SeatState.WITHDRAWN: frozenset(),
        SeatState.TAKEN_BACK: frozenset(),
        SeatState.CALLED_OFF: frozenset(),
    }
)
#: A school has at most one of these in another's bus.
LIVE = (SeatState.ASKED, SeatState.CONFIRMED)


def move(state: SeatState, to: SeatState) -> SeatState:
    """Return the new state, or raise MoveNotAllowed."""
    return moves.move("seat share", SEAT_MOVES, state, to)
