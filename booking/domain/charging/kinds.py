"""The kinds of fee, and what each may do to a place."""

from enum import StrEnum

from booking.domain.payment_states import SETTLED, FundingStatus


class FeeKind(StrEnum):
    """What an event asks for."""

    FREE = "free"
    VOLUNTARY_CONTRIBUTION = "voluntary_contribution"
    CHARGE = "charge"
    PAID_BY_SCHOOL = "paid_by_school"


NAMES = {
    FeeKind.FREE: "Free",
    FeeKind.VOLUNTARY_CONTRIBUTION: "Voluntary contribution",
    FeeKind.CHARGE: "Charge for an optional extra",
    FeeKind.PAID_BY_SCHOOL: "Paid by the school",
}


def may_block_place(kind: FeeKind) -> bool:
    """Return whether a place may wait for this fee: only ever for a charge."""
    return kind is FeeKind.CHARGE


def blocks_place(kind: FeeKind, funding: FundingStatus) -> bool:
    """Return whether the fee keeps this booking from being confirmed now.

    A voluntary contribution never does, whether or not anything was given (s460(2)).
    """
    return may_block_place(kind) and funding not in SETTLED


def asks_parent(kind: FeeKind) -> bool:
    """Return whether the parent is asked for money at all."""
    return kind in {FeeKind.VOLUNTARY_CONTRIBUTION, FeeKind.CHARGE}
