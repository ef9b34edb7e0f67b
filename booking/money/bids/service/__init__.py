"""What can be done with bids: apply, decide, claim, pay, withdraw, let lapse, keep the rules."""

from booking.domain.reasons import ReasonMissing
from booking.money.bids.refusals import BidRefused, NotEnoughToPromise, PromiseLapsed
from booking.money.bids.service.applying import apply
from booking.money.bids.service.claiming import claim, pay, send_back, source_of, undo_payment
from booking.money.bids.service.deciding import approve, refuse
from booking.money.bids.service.ending import let_lapse, warn, withdraw
from booking.money.bids.service.rules import bid_book, keep_rules

__all__ = [
    "BidRefused",
    "NotEnoughToPromise",
    "PromiseLapsed",
    "ReasonMissing",
    "apply",
    "approve",
    "bid_book",
    "claim",
    "keep_rules",
    "let_lapse",
    "pay",
    "refuse",
    "send_back",
    "source_of",
    "undo_payment",
    "warn",
    "withdraw",
]
