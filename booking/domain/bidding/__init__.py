"""Bids for CPD money: the network's rules, the states of a bid, and who may decide on one."""

from booking.domain.bidding.deciding import (
    OwnBid,
    OwnSchool,
    approvals_needed,
    check_decider,
    decision_barred,
)
from booking.domain.bidding.promises import available, promise_of, release
from booking.domain.bidding.rules import (
    Application,
    BidKind,
    Rules,
    RulesWrong,
    check_rules,
    claim_problems,
    largest_share,
    problems,
)
from booking.domain.bidding.states import (
    ENDED,
    LIVE,
    MOVES,
    PROMISED,
    BidState,
    MoveNotAllowed,
    may_move,
    move,
    words,
)
from booking.domain.bidding.terms import Span, last_moment, term_of

__all__ = [
    "ENDED",
    "LIVE",
    "MOVES",
    "PROMISED",
    "Application",
    "BidKind",
    "BidState",
    "MoveNotAllowed",
    "OwnBid",
    "OwnSchool",
    "Rules",
    "RulesWrong",
    "Span",
    "approvals_needed",
    "available",
    "check_decider",
    "check_rules",
    "claim_problems",
    "decision_barred",
    "largest_share",
    "last_moment",
    "may_move",
    "move",
    "problems",
    "promise_of",
    "release",
    "term_of",
    "words",
]
