"""The end of a bid that nobody pays: withdrawn, or lapsed after a warning."""

from datetime import datetime

from booking.domain.bidding import BidState
from booking.domain.permissions import WORKER, Actor
from booking.domain.reasons import ReasonMissing
from booking.money.bids import locks, queries
from booking.money.bids.models import Bid
from booking.money.bids.service import mail, moves


def withdraw(
    *, actor: Actor, now: datetime, bid: Bid, reason: str = "", by_network: bool = False
) -> Bid:
    """Withdraw a bid; what is promised for it is released at once.

    Its school needs no reason, but the network needs one to cancel a promise. Raises
    ReasonMissing, MoveNotAllowed.
    """
    bid = locks.bid(bid.id)
    if by_network and not reason.strip():
        raise ReasonMissing("Give a reason for cancelling the promise. The school will read it.")
    bid.reason = reason.strip()
    moves.move(
        bid, BidState.WITHDRAWN, actor=actor, now=now, action="withdraw_bid", reason=bid.reason
    )
    if by_network:
        mail.taken_back(bid, now=now)
    return bid


def warn(*, now: datetime) -> int:
    """Warn applicants that a promise will lapse; return how many were warned."""
    told = 0
    for bid_id in queries.due_for_warning(now):
        bid = locks.bid(bid_id)
        if bid.state is BidState.APPROVED and bid.warned_at is None:
            bid.warned_at = now
            mail.lapsing(bid, now=now)
            told += 1
    return told


def let_lapse(*, now: datetime) -> int:
    """Let approved bids lapse once their time is over; return how many promises were released."""
    lapsed = 0
    for bid_id in queries.due_to_lapse(now):
        bid = locks.bid(bid_id)
        if bid.state is BidState.APPROVED and bid.lapses_at is not None and bid.lapses_at <= now:
            moves.move(bid, BidState.LAPSED, actor=WORKER, now=now, action="let_bid_lapse")
            mail.lapsed(bid, now=now)
            lapsed += 1
    return lapsed
