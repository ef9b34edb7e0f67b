"""The states of a bid for CPD money, and the only moves between them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from booking.domain import moves

MoveNotAllowed = moves.MoveNotAllowed


class State(StrEnum):
    """Where a bid stands."""

    APPLIED = "applied"
    APPROVED_ONCE = "approved_once"
    APPROVED = "approved"
    CLAIMED = "claimed"
    SPENT = "spent"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


#: The fund has promised money for it.
PROMISED = frozenset({State.APPROVED, State.CLAIMED})
#: Somebody still has to act.
LIVE = PROMISED | {State.APPLIED, State.APPROVED_ONCE}
ENDED = frozenset({State.SPENT, State.REFUSED, State.WITHDRAWN, State.LAPSED})

MOVES: Mapping[State, frozenset[State]] = MappingProxyType(
    {
        State.APPLIED: frozenset(
            {State.APPROVED_ONCE, State.APPROVED, State.REFUSED, State.WITHDRAWN}
        ),
        # The second person says yes or no; there is no way to skip that person.
        State.APPROVED_ONCE: frozenset({State.APPROVED, State.REFUSED, State.WITHDRAWN}),
        State.APPROVED: frozenset({State.CLAIMED, State.WITHDRAWN, State.LAPSED}),
        # Paid; or sent back, because the receipt does not show what was claimed.
        State.CLAIMED: frozenset({State.SPENT, State.APPROVED, State.WITHDRAWN}),
        # What is in the ledger stays there: a mistake is reversed in the ledger, and the school
        # bids again.
        State.SPENT: frozenset(),
        State.REFUSED: frozenset(),
        State.WITHDRAWN: frozenset(),
        State.LAPSED: frozenset(),
    }
)


@dataclass(frozen=True)
class BidWords:
    """What a page shows for a state; the tone is that of a status tag."""

    label: str
    tone: str


_WORDS: Mapping[State, BidWords] = MappingProxyType(
    {
        State.APPLIED: BidWords("Waiting for a decision", "info"),
        State.APPROVED_ONCE: BidWords("Waiting for a second approval", "info"),
        State.APPROVED: BidWords("Approved", "good"),
        State.CLAIMED: BidWords("Claimed", "info"),
        State.SPENT: BidWords("Paid", "good"),
        State.REFUSED: BidWords("Refused", "neutral"),
        State.WITHDRAWN: BidWords("Withdrawn", "neutral"),
        State.LAPSED: BidWords("Ran out of time", "neutral"),
    }
)


def move(state: State, to: State) -> State:
    """Return the new state, or raise MoveNotAllowed. Staying in the same state is not a move."""
    return moves.move("bid", MOVES, state, to)


def may_move(state: State, to: State) -> bool:
    """Return whether a button for this move may be shown."""
    return to in MOVES[state]


def words(state: State) -> BidWords:
    """Return the label and the tone that pages show for a state."""
    return _WORDS[state]
