"""The only way to change a bid's state, with the funds and its row locked."""

from datetime import datetime
from typing import Any

from booking.domain import bidding
from booking.domain.bidding import BidState
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.money.bids import queries
from booking.money.bids.models import Bid, BidPromise


def move(
    bid: Bid,
    to: BidState,
    *,
    actor: Actor,
    now: datetime,
    action: str,
    reason: str = "",
    **facts: Any,
) -> None:
    """Move a locked bid to another state, change its promise to match, and record it.

    Raises MoveNotAllowed.
    """
    before, bid.state = bid.state, bidding.move(bid.state, to)
    if to in bidding.ENDED:
        bid.ended_at = now
    _promise(bid, now=now)
    audit.record(
        actor=actor,
        action=action,
        subject=bid,
        school_id=bid.school_id,
        reason=reason,
        now=now,
        before=before,
        after=to,
        **facts,
    )


def release(bid: Bid, *, to: BidState, now: datetime) -> None:
    """Release the whole promise of a locked bid, on its way to state `to`."""
    if held := queries.promised_to(bid.id):
        _add(bid, -held, to, now)


def _promise(bid: Bid, *, now: datetime) -> None:
    """Reserve what an approval promises, or release what is no longer promised."""
    held = queries.promised_to(bid.id)
    wanted = bidding.promise_of(bid.state, bid.approved_pence or 0, bid.claimed_pence)
    if change := bidding.release(held, wanted) if held else wanted:
        _add(bid, change, bid.state, now)


def _add(bid: Bid, pence: int, state: BidState, now: datetime) -> None:
    db.session.add(BidPromise(bid_id=bid.id, pence=pence, state=state, made_at=now))
    db.session.flush()
