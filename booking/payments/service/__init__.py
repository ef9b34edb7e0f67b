"""Writes of payments and refunds: the row comes before the bank is asked, moves are in a table.

Nothing here asks the bank; whoever does so (checkout) asks outside the transaction and records the
answer in the next one.
"""

from booking.payments.service.matching import mismatches
from booking.payments.service.paying import (
    LARGEST_PENCE,
    SHORTEST,
    AmountTooLarge,
    AmountTooSmall,
    Item,
    OtherSession,
    adopt_session,
    idempotency_key,
    items_of,
    next_attempt,
    open_payment,
    receive,
    record_card_fee,
    record_failed,
    record_lapsed,
    record_message,
    record_mismatch,
    record_paid,
    record_session,
)
from booking.payments.service.refunding import (
    SPOKEN_FOR,
    MoreThanLeft,
    NothingToRefund,
    cancel_refund,
    left_of_line,
    left_pence,
    record_refund,
    request_refund,
)

__all__ = [
    "LARGEST_PENCE",
    "SHORTEST",
    "SPOKEN_FOR",
    "AmountTooLarge",
    "AmountTooSmall",
    "Item",
    "MoreThanLeft",
    "NothingToRefund",
    "OtherSession",
    "adopt_session",
    "cancel_refund",
    "idempotency_key",
    "items_of",
    "left_of_line",
    "left_pence",
    "mismatches",
    "next_attempt",
    "open_payment",
    "receive",
    "record_card_fee",
    "record_failed",
    "record_lapsed",
    "record_message",
    "record_mismatch",
    "record_paid",
    "record_refund",
    "record_session",
    "request_refund",
]
