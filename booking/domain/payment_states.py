"""The states of payments, refunds and a booking's funding, and the only moves between them."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from booking.domain import moves

MoveNotAllowed = moves.MoveNotAllowed


class PaymentState(StrEnum):
    """Where a payment stands."""

    OPENED = "opened"
    PAID = "paid"
    LAPSED = "lapsed"
    FAILED = "failed"
    REFUNDED = "refunded"
    PART_REFUNDED = "part_refunded"
    #: Amount, currency or reference disagree with ours: parked until a person has explained it.
    TO_EXPLAIN = "to_explain"


class RefundState(StrEnum):
    """Where a refund stands."""

    REQUESTED = "requested"
    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


class FundingStatus(StrEnum):
    """How a booking's cost is met. Only the pupil's own school may see it."""

    REQUESTED = "requested"
    PROMISED = "promised"
    RECEIVED = "received"
    PARTLY = "partly"
    DECLINED_NO_REASON_ASKED = "declined_no_reason_asked"
    REMITTED = "remitted"
    SCHOOL_PAID = "school_paid"
    REFUNDED = "refunded"


#: Some of the money is still ours.
HELD = frozenset({PaymentState.PAID, PaymentState.PART_REFUNDED})
#: Nothing more is expected from the parent, so a charge no longer blocks the place.
SETTLED = frozenset(
    {FundingStatus.RECEIVED, FundingStatus.REMITTED, FundingStatus.SCHOOL_PAID},
)

#: A card processor's messages arrive in any order and more than once, so a payment may be paid
#: after it lapsed or failed, and a refund that fails late brings the money back.
MOVES: Mapping[PaymentState, frozenset[PaymentState]] = MappingProxyType(
    {
        PaymentState.OPENED: frozenset(
            {PaymentState.PAID, PaymentState.LAPSED, PaymentState.FAILED, PaymentState.TO_EXPLAIN}
        ),
        PaymentState.LAPSED: frozenset({PaymentState.PAID, PaymentState.TO_EXPLAIN}),
        PaymentState.FAILED: frozenset(
            {PaymentState.OPENED, PaymentState.PAID, PaymentState.TO_EXPLAIN}
        ),
        PaymentState.PAID: frozenset(
            {
                PaymentState.PART_REFUNDED,
                PaymentState.REFUNDED,
                PaymentState.TO_EXPLAIN,
                # Taken by hand, and recorded by mistake.
                PaymentState.FAILED,
            }
        ),
        PaymentState.PART_REFUNDED: frozenset(
            {PaymentState.REFUNDED, PaymentState.PAID, PaymentState.TO_EXPLAIN}
        ),
        PaymentState.REFUNDED: frozenset(
            {PaymentState.PAID, PaymentState.PART_REFUNDED, PaymentState.TO_EXPLAIN}
        ),
        PaymentState.TO_EXPLAIN: frozenset(
            {PaymentState.PAID, PaymentState.LAPSED, PaymentState.FAILED, PaymentState.REFUNDED}
        ),
    }
)

REFUND_MOVES: Mapping[RefundState, frozenset[RefundState]] = MappingProxyType(
    {
        RefundState.REQUESTED: frozenset(
            {
                RefundState.PENDING,
                RefundState.SUCCEEDED,
                RefundState.FAILED,
                RefundState.CANCELLED,
            }
        ),
        RefundState.PENDING: frozenset(
            {RefundState.SUCCEEDED, RefundState.FAILED, RefundState.CANCELLED}
        ),
        # A refund may fail days after it was shown as successful, when the processor sends it back.
        RefundState.SUCCEEDED: frozenset({RefundState.FAILED}),
        RefundState.FAILED: frozenset(),
        RefundState.CANCELLED: frozenset(),
    }
)

_UNSETTLED = frozenset(
    {
        FundingStatus.REQUESTED,
        FundingStatus.PROMISED,
        FundingStatus.PARTLY,
        FundingStatus.DECLINED_NO_REASON_ASKED,
    }
)

FUNDING_MOVES: Mapping[FundingStatus, frozenset[FundingStatus]] = MappingProxyType(
    {
        # Until it is settled a family or a school may answer again, in any order.
        **{status: (_UNSETTLED | SETTLED) - {status} for status in _UNSETTLED},
        FundingStatus.PARTLY: ((_UNSETTLED | SETTLED) - {FundingStatus.PARTLY})
        | {FundingStatus.REFUNDED},
        # What was recorded by mistake is asked for again.
        FundingStatus.RECEIVED: frozenset(
            {FundingStatus.PARTLY, FundingStatus.REFUNDED, FundingStatus.REQUESTED}
        ),
        # The school may change its mind, or a family may pay all the same.
        FundingStatus.REMITTED: frozenset(
            {FundingStatus.REQUESTED, FundingStatus.RECEIVED, FundingStatus.SCHOOL_PAID}
        ),
        FundingStatus.SCHOOL_PAID: frozenset(
            {FundingStatus.REQUESTED, FundingStatus.REMITTED, FundingStatus.REFUNDED}
        ),
        # A refund that fails late brings the money back.
        FundingStatus.REFUNDED: frozenset(
            {FundingStatus.REQUESTED, FundingStatus.RECEIVED, FundingStatus.PARTLY}
        ),
    }
)


def move(state: PaymentState, to: PaymentState) -> PaymentState:
    """Return a payment's new state, or raise MoveNotAllowed."""
    return moves.move("payment", MOVES, state, to)


def move_refund(state: RefundState, to: RefundState) -> RefundState:
    """Return a refund's new state, or raise MoveNotAllowed."""
    return moves.move("refund", REFUND_MOVES, state, to)


def move_funding(status: FundingStatus, to: FundingStatus) -> FundingStatus:
    """Return a booking's new funding status, or raise MoveNotAllowed."""
    return moves.move("booking's funding", FUNDING_MOVES, status, to)


def after_refunds(paid_pence: int, refunded_pence: int) -> PaymentState:
    """Return the state of a paid payment once this much has been given back."""
    assert 0 <= refunded_pence <= paid_pence, "never refund more than was paid"
    if refunded_pence == 0:
        return PaymentState.PAID
    return PaymentState.REFUNDED if refunded_pence == paid_pence else PaymentState.PART_REFUNDED
