"""The only moves between the states of an event."""

from collections.abc import Mapping
from types import MappingProxyType

from booking.days.events.models import EventState
from booking.domain import moves

MOVES: Mapping[EventState, frozenset[EventState]] = MappingProxyType(
    {
        EventState.DRAFT: frozenset({EventState.PUBLISHED}),
        EventState.PUBLISHED: frozenset({EventState.CANCELLED, EventState.CLOSED}),
        EventState.CANCELLED: frozenset(),
        EventState.CLOSED: frozenset(),
    }
)

#: What the public sees: everything that has been published, whatever became of it.
PUBLIC = (EventState.PUBLISHED, EventState.CANCELLED, EventState.CLOSED)


def move(state: EventState, to: EventState) -> EventState:
    """Return the new state, or raise MoveNotAllowed."""
    return moves.move("event", MOVES, state, to)
