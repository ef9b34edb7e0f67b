"""The states of a booking (one pupil at one event) and the only moves between them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from booking.domain import moves

MoveNotAllowed = moves.MoveNotAllowed


class State(StrEnum):
    """Where a booking stands."""

    RESERVE = "reserve"
    INVITED = "invited"
    CONFIRMED = "confirmed"
    ATTENDED = "attended"
    ABSENT = "absent"
    DECLINED = "declined"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"


#: The pupil has one of the event's places.
SEATED = frozenset({State.INVITED, State.CONFIRMED, State.ATTENDED, State.ABSENT})
#: The pupil holds a place or waits for one: everything that has not ended.
LIVE = SEATED | {State.RESERVE}
#: The booking has ended. The pupil may be named again unless it was cancelled.
ENDED = frozenset({State.DECLINED, State.LAPSED, State.WITHDRAWN, State.CANCELLED})
#: The pupil is expected on the day, or was: what a roster and a register list.
EXPECTED = frozenset({State.CONFIRMED, State.ATTENDED, State.ABSENT})

_NAMED_AGAIN = frozenset({State.RESERVE, State.INVITED})

MOVES: Mapping[State, frozenset[State]] = MappingProxyType(
    {
        # Promoted; taken off the list; or the day came, or was called off, before the reserve's
        # turn.
        State.RESERVE: frozenset(
            {State.INVITED, State.WITHDRAWN, State.LAPSED, State.CANCELLED},
        ),
        State.INVITED: frozenset(
            {State.CONFIRMED, State.DECLINED, State.LAPSED, State.WITHDRAWN, State.CANCELLED}
        ),
        State.CONFIRMED: frozenset(
            {State.ATTENDED, State.ABSENT, State.WITHDRAWN, State.CANCELLED},
        ),
        # The register is corrected, or a mark made by mistake is removed.
        State.ATTENDED: frozenset({State.ABSENT, State.CONFIRMED}),
        State.ABSENT: frozenset({State.ATTENDED, State.CONFIRMED}),
        State.DECLINED: _NAMED_AGAIN,
        # A payment that arrives after the place lapsed gives the pupil a place again if one is
        # free.
        State.LAPSED: _NAMED_AGAIN | {State.CONFIRMED},
        State.WITHDRAWN: _NAMED_AGAIN,
        State.CANCELLED: frozenset(),
    }
)


class Tone(StrEnum):
    """How a status tag looks; its label always says the same in words."""

    WAITING = "waiting"
    GOOD = "good"
    QUIET = "quiet"
    WARNING = "warning"


@dataclass(frozen=True)
class BookingWords:
    """What a page shows for a state."""

    label: str
    tone: Tone


_WORDS: Mapping[State, BookingWords] = MappingProxyType(
    {
        State.RESERVE: BookingWords("Reserve", Tone.WAITING),
        State.INVITED: BookingWords("Waiting for the parent", Tone.WAITING),
        State.CONFIRMED: BookingWords("Confirmed", Tone.GOOD),
        State.ATTENDED: BookingWords("Attended", Tone.GOOD),
        State.ABSENT: BookingWords("Absent", Tone.WARNING),
        State.DECLINED: BookingWords("Declined", Tone.QUIET),
        State.LAPSED: BookingWords("Ran out of time", Tone.QUIET),
        State.WITHDRAWN: BookingWords("Withdrawn", Tone.QUIET),
        State.CANCELLED: BookingWords("Cancelled", Tone.QUIET),
    }
)


def move(state: State, to: State) -> State:
    """Return the new state, or raise MoveNotAllowed. Staying in the same state is not a move."""
    return moves.move("booking", MOVES, state, to)


def may_move(state: State, to: State) -> bool:
    """Return whether a button for this move may be shown."""
    return to in MOVES[state]


def words(state: State) -> BookingWords:
    """Return the label and the tone that pages show for a state."""
    return _WORDS[state]
