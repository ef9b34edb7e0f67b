"""What may be done to the ledger: post, reverse, enter by hand, close an event, seal, verify."""

from booking.fund.service.by_hand import (
    KINDS,
    DescriptionMissing,
    FormSentAlready,
    HandEntry,
    MoreThanExpected,
    enter,
)
from booking.fund.service.closing import NothingLeft, close_event
from booking.fund.service.funds import NotEnoughMoney
from booking.fund.service.posting import (
    AlreadyReversed,
    DateInFuture,
    KeyTaken,
    NoSuchEvent,
    NotToReverse,
    post,
    reverse,
)
from booking.fund.service.sealing import CHAIN, Verification, first_broken, seal, verify

__all__ = [
    "CHAIN",
    "KINDS",
    "AlreadyReversed",
    "DateInFuture",
    "DescriptionMissing",
    "FormSentAlready",
    "HandEntry",
    "KeyTaken",
    "MoreThanExpected",
    "NoSuchEvent",
    "NotEnoughMoney",
    "NotToReverse",
    "NothingLeft",
    "Verification",
    "close_event",
    "enter",
    "first_broken",
    "post",
    "reverse",
    "seal",
    "verify",
]
