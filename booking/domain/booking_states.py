"""The states of a booking (one pupil at one event) and the only moves between them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from booking.domain import moves

MoveNotAllowed = moves.MoveNotAllowed


class BookingState(StrEnum):
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
SEATED = frozenset(
    {BookingState.INVITED, BookingState.CONFIRMED, BookingState.ATTENDED, BookingState.ABSENT}
)
#: The register says whether the pupil came. A series may still have dates to come.
MARKED = frozenset({BookingState.ATTENDED, BookingState.ABSENT})
#: The pupil holds a place or waits for one: everything that has not ended.
LIVE = SEATED | {BookingState.RESERVE}
#: The booking has ended. The pupil may be named again unless it was cancelled.
ENDED = frozenset(
    {BookingState.DECLINED, BookingState.LAPSED, BookingState.WITHDRAWN, BookingState.CANCELLED}
)
#: The pupil is expected on the day, or was: what a roster and a register list.
EXPECTED = frozenset({BookingState.CONFIRMED, BookingState.ATTENDED, BookingState.ABSENT})

_NAMED_AGAIN = frozenset({BookingState.RESERVE, BookingState.INVITED})

MOVES: Mapping[BookingState, frozenset[BookingState]] = MappingProxyType(
    {
        # Promoted; taken off the list; or the day came, or was called off, before the reserve's
        # turn.
        BookingState.RESERVE: frozenset(
            {
                BookingState.INVITED,
                BookingState.WITHDRAWN,
                BookingState.LAPSED,
                BookingState.CANCELLED,
            },
        ),
        BookingState.INVITED: frozenset(
            {
                BookingState.CONFIRMED,
                BookingState.DECLINED,
                BookingState.LAPSED,
                BookingState.WITHDRAWN,
                BookingState.CANCELLED,
            }
        ),
        BookingState.CONFIRMED: frozenset(
            {
                BookingState.ATTENDED,
                BookingState.ABSENT,
                BookingState.WITHDRAWN,
                BookingState.CANCELLED,
            },
        ),
        # The register is corrected, or a mark made by mistake is removed.
        BookingState.ATTENDED: frozenset({BookingState.ABSENT, BookingState.CONFIRMED}),
        BookingState.ABSENT: frozenset({BookingState.ATTENDED, BookingState.CONFIRMED}),
        BookingState.DECLINED: _NAMED_AGAIN,
        # A payment that arrives after the place lapsed gives the pupil a place again if one is
        # free.
        BookingState.LAPSED: _NAMED_AGAIN | {BookingState.CONFIRMED},
        BookingState.WITHDRAWN: _NAMED_AGAIN,
        BookingState.CANCELLED: frozenset(),
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


_WORDS: Mapping[BookingState, BookingWords] = MappingProxyType(
    {
        BookingState.RESERVE: BookingWords("Reserve", Tone.WAITING),
        BookingState.INVITED: BookingWords("Waiting for the parent", Tone.WAITING),
        BookingState.CONFIRMED: BookingWords("Confirmed", Tone.GOOD),
        BookingState.ATTENDED: BookingWords("Attended", Tone.GOOD),
        BookingState.ABSENT: BookingWords("Absent", Tone.WARNING),
        BookingState.DECLINED: BookingWords("Declined", Tone.QUIET),
        BookingState.LAPSED: BookingWords("Ran out of time", Tone.QUIET),
        BookingState.WITHDRAWN: BookingWords("Withdrawn", Tone.QUIET),
        BookingState.CANCELLED: BookingWords("Cancelled", Tone.QUIET),
    }
)


def move(state: BookingState, to: BookingState) -> BookingState:
    """Return the new state, or raise MoveNotAllowed. Staying in the same state is not a move."""
    return moves.move("booking", MOVES, state, to)


def may_move(state: BookingState, to: BookingState) -> bool:
    """Return whether a button for this move may be shown."""
    return to in MOVES[state]


def words(state: BookingState) -> BookingWords:
    """Return the label and the tone that pages show for a state."""
    return _WORDS[state]
