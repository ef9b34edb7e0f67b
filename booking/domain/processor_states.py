"""Disputes, payouts and rows of the card processor's account: their states, kinds and moves."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from booking.domain import moves

MoveNotAllowed = moves.MoveNotAllowed


class DisputeState(StrEnum):
    """Where a dispute stands: a cardholder told their bank not to pay."""

    NEEDS_ANSWER = "needs_answer"
    UNDER_REVIEW = "under_review"
    WON = "won"
    LOST = "lost"
    #: An inquiry that came to nothing: no money had moved.
    CLOSED = "closed"


class RowKind(StrEnum):
    """What a row of our account at the card processor is about."""

    CHARGE = "charge"
    REFUND = "refund"
    REFUND_FAILURE = "refund_failure"
    #: Money withdrawn for a dispute (below zero) or returned.
    DISPUTE = "dispute"
    FEE = "fee"
    PAYOUT = "payout"
    PAYOUT_FAILURE = "payout_failure"
    OTHER = "other"


class PayoutState(StrEnum):
    """Where a payout to the network's own bank account stands."""

    COMING = "coming"
    PAID = "paid"
    FAILED = "failed"


#: Nobody knows yet whose money it is: nothing of the payment goes back meanwhile.
OPEN = frozenset({DisputeState.NEEDS_ANSWER, DisputeState.UNDER_REVIEW})

DISPUTE_MOVES: Mapping[DisputeState, frozenset[DisputeState]] = MappingProxyType(
    {
        **{
            state: frozenset(DisputeState) - {state}
            for state in (DisputeState.NEEDS_ANSWER, DisputeState.UNDER_REVIEW)
        },
        # Either side may appeal against a decision.
        DisputeState.WON: OPEN | {DisputeState.LOST},
        DisputeState.LOST: OPEN | {DisputeState.WON},
        DisputeState.CLOSED: OPEN,
    }
)

PAYOUT_MOVES: Mapping[PayoutState, frozenset[PayoutState]] = MappingProxyType(
    {
        PayoutState.COMING: frozenset({PayoutState.PAID, PayoutState.FAILED}),
        # The bank account may send money back days after it was shown as paid.
        PayoutState.PAID: frozenset({PayoutState.FAILED}),
        PayoutState.FAILED: frozenset(),
    }
)


def move_dispute(state: DisputeState, to: DisputeState) -> DisputeState:
    """Return a dispute's new state, or raise MoveNotAllowed."""
    return moves.move("dispute", DISPUTE_MOVES, state, to)


def move_payout(state: PayoutState, to: PayoutState) -> PayoutState:
    """Return a payout's new state, or raise MoveNotAllowed."""
    return moves.move("payout", PAYOUT_MOVES, state, to)
