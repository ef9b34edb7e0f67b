"""Claims of an event's costs: their states, who decides on one, and how many have to.

Nobody decides on money for themselves or for a school where they hold a role; above the amount that
one person may move alone, two different people approve.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from booking.domain import moves

MoveNotAllowed = moves.MoveNotAllowed
TEXT_MAX = 120


class CostClaimState(StrEnum):
    """Where a claim stands."""

    CLAIMED = "claimed"
    APPROVED_ONCE = "approved_once"
    APPROVED = "approved"
    PAID = "paid"
    #: More is asked for: a clearer receipt, another amount.
    RETURNED = "sent_back"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


_WITH_CLAIMANT = frozenset({CostClaimState.CLAIMED, CostClaimState.WITHDRAWN})
_DECIDED = frozenset({CostClaimState.RETURNED, CostClaimState.REFUSED})
MOVES: Mapping[CostClaimState, frozenset[CostClaimState]] = MappingProxyType(
    {
        CostClaimState.CLAIMED: _DECIDED
        | {CostClaimState.APPROVED_ONCE, CostClaimState.APPROVED, CostClaimState.WITHDRAWN},
        CostClaimState.APPROVED_ONCE: _DECIDED
        | {CostClaimState.APPROVED, CostClaimState.WITHDRAWN},
        # An approval that was a mistake is taken back before anything is paid.
        CostClaimState.APPROVED: _DECIDED | {CostClaimState.PAID},
        # The payment was recorded by mistake.
        CostClaimState.PAID: frozenset({CostClaimState.APPROVED}),
        CostClaimState.RETURNED: _WITH_CLAIMANT,
        CostClaimState.REFUSED: frozenset(),
        CostClaimState.WITHDRAWN: frozenset(),
    }
)
#: Somebody has to decide.
TO_DECIDE = frozenset({CostClaimState.CLAIMED, CostClaimState.APPROVED_ONCE})
#: Nothing more is to come.
OVER = frozenset({CostClaimState.PAID, CostClaimState.REFUSED, CostClaimState.WITHDRAWN})


@dataclass(frozen=True)
class CostClaimWords:
    """What a page shows for a state; the tone is that of a status tag."""

    label: str
    tone: str


_WORDS: Mapping[CostClaimState, CostClaimWords] = MappingProxyType(
    {
        CostClaimState.CLAIMED: CostClaimWords("Waiting for a decision", "info"),
        CostClaimState.APPROVED_ONCE: CostClaimWords("Waiting for a second approval", "info"),
        CostClaimState.APPROVED: CostClaimWords("Approved, to be paid", "good"),
        CostClaimState.PAID: CostClaimWords("Paid", "good"),
        CostClaimState.RETURNED: CostClaimWords("More is asked for", "warn"),
        CostClaimState.REFUSED: CostClaimWords("Refused", "neutral"),
        CostClaimState.WITHDRAWN: CostClaimWords("Withdrawn", "neutral"),
    }
)


def words(state: CostClaimState) -> CostClaimWords:
    """Return the label and the tone that pages show for a state."""
    return _WORDS[state]


def move(state: CostClaimState, to: CostClaimState) -> CostClaimState:
    """Return the new state, or raise MoveNotAllowed. Staying in the same state is not a move."""
    return moves.move("claim", MOVES, state, to)


def may_move(state: CostClaimState, to: CostClaimState) -> bool:
    """Return whether a button for this move may be shown."""
    return to in MOVES[state]


def approvals_needed(pence: int, alone_up_to_pence: int) -> int:
    """Return how many different people must approve this amount (pence)."""
    return 2 if pence > alone_up_to_pence else 1


class NotYourClaim(ValueError):
    """This person may not decide on this claim; the message says who may."""


class OwnClaim(NotYourClaim):
    """The person claims the money."""


class OwnSchoolsClaim(NotYourClaim):
    """The event is of a school where the person holds a role."""


class ClaimApprovedBefore(NotYourClaim):
    """The person has already approved it: the second approval must come from somebody else."""


_OTHER = "so the network’s other lead or treasurer decides on it."


def check_decider(
    *,
    person_id: int | None,
    person_schools: Collection[int],
    claimant_id: int | None,
    school_id: int,
    approved_by: Collection[int] = (),
) -> None:
    """Raise OwnClaim, OwnSchoolsClaim or ClaimApprovedBefore unless the person may decide."""
    if person_id is not None and person_id == claimant_id:
        raise OwnClaim(f"You made this claim, {_OTHER}")
    if school_id in person_schools:
        raise OwnSchoolsClaim(f"You hold a role at the school that hosted this event, {_OTHER}")
    if person_id in approved_by:
        raise ClaimApprovedBefore(
            "You have approved this claim. A second person must approve it too: it is above the "
            "amount that one person may approve."
        )
