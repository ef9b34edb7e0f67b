"""Bids for CPD money: the network's rules, the states of a bid, and who may decide on one."""

from booking.domain.bids.deciding import (
    OwnBid,
    OwnSchool,
    approvals_needed,
    check_decider,
    decision_barred,
)
from booking.domain.bids.promises import available, promise_of, release
from booking.domain.bids.rules import (
    Application,
    Kind,
    Problem,
    Rules,
    RulesWrong,
    check_rules,
    claim_problems,
    largest_share,
    problems,
)
from booking.domain.bids.states import (
    ENDED,
    LIVE,
    MOVES,
    PROMISED,
    MoveNotAllowed,
    State,
    may_move,
    move,
    words,
)
from booking.domain.bids.terms import Span, last_moment, term_of

__all__ = [
    "ENDED",
    "LIVE",
    "MOVES",
    "PROMISED",
    "Application",
    "Kind",
    "MoveNotAllowed",
    "OwnBid",
    "OwnSchool",
    "Problem",
    "Rules",
    "RulesWrong",
    "Span",
    "State",
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
