"""What may be done to the ledger: post and reverse entries."""

from booking.fund.service.posting import (
    AlreadyReversed,
    DateInFuture,
    KeyTaken,
    NoSuchEvent,
    NotToReverse,
    post,
    reverse,
)

__all__ = [
    "AlreadyReversed",
    "DateInFuture",
    "KeyTaken",
    "NoSuchEvent",
    "NotToReverse",
    "post",
    "reverse",
]
