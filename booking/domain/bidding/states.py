"""The states of a bid for CPD money, and the only moves between them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from booking.domain import moves

MoveNotAllowed = moves.MoveNotAllowed


class BidState(StrEnum):
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
PROMISED = frozenset({BidState.APPROVED, BidState.CLAIMED})
#: Somebody still has to act.
LIVE = PROMISED | {BidState.APPLIED, BidState.APPROVED_ONCE}
ENDED = frozenset({BidState.SPENT, BidState.REFUSED, BidState.WITHDRAWN, BidState.LAPSED})

MOVES: Mapping[BidState, frozenset[BidState]] = MappingProxyType(
    {
        BidState.APPLIED: frozenset(
            {BidState.APPROVED_ONCE, BidState.APPROVED, BidState.REFUSED, BidState.WITHDRAWN}
        ),
        # The second person says yes or no; there is no way to skip that person.
        BidState.APPROVED_ONCE: frozenset(
            {BidState.APPROVED, BidState.REFUSED, BidState.WITHDRAWN}
        ),
        BidState.APPROVED: frozenset({BidState.CLAIMED, BidState.WITHDRAWN, BidState.LAPSED}),
        # Paid; or sent back, because the receipt does not show what was claimed.
        BidState.CLAIMED: frozenset({BidState.SPENT, BidState.APPROVED, BidState.WITHDRAWN}),
        # The payment was recorded by mistake, and is taken back.
        BidState.SPENT: frozenset({BidState.CLAIMED}),
        BidState.REFUSED: frozenset(),
        BidState.WITHDRAWN: frozenset(),
        BidState.LAPSED: frozenset(),
    }
)


@dataclass(frozen=True)
class BidWords:
    """What a page shows for a state; the tone is that of a status tag."""

    label: str
    tone: str


_WORDS: Mapping[BidState, BidWords] = MappingProxyType(
    {
        BidState.APPLIED: BidWords("Waiting for a decision", "info"),
        BidState.APPROVED_ONCE: BidWords("Waiting for a second approval", "info"),
        BidState.APPROVED: BidWords("Approved", "good"),
        BidState.CLAIMED: BidWords("Claimed", "info"),
        BidState.SPENT: BidWords("Paid", "good"),
        BidState.REFUSED: BidWords("Refused", "neutral"),
        BidState.WITHDRAWN: BidWords("Withdrawn", "neutral"),
        BidState.LAPSED: BidWords("Ran out of time", "neutral"),
    }
)


def move(state: BidState, to: BidState) -> BidState:
    """Return the new state, or raise MoveNotAllowed. Staying in the same state is not a move."""
    return moves.move("bid", MOVES, state, to)


def may_move(state: BidState, to: BidState) -> bool:
    """Return whether a button for this move may be shown."""
    return to in MOVES[state]


def words(state: BidState) -> BidWords:
    """Return the label and the tone that pages show for a state."""
    return _WORDS[state]
