"""Claim what was promised, with the receipt; pay it, or send the claim back."""

import hashlib
from dataclasses import replace
from datetime import date, datetime
from functools import partial

from booking.domain import bidding, ledger, terms
from booking.domain.bidding import BidKind, BidState, receipts
from booking.domain.ledger import Draft, Fund
from booking.domain.permissions import Actor
from booking.domain.reasons import ReasonMissing
from booking.foundation.db import db
from booking.foundation.web import addresses
from booking.money.bids import locks, queries
from booking.money.bids.details import ClaimDetails
from booking.money.bids.models import Bid, BidReceipt
from booking.money.bids.refusals import BidRefused, PromiseLapsed
from booking.money.bids.service import mail, moves
from booking.money.bids.service.deciding import WARN_DAYS
from booking.money.fund import service as fund
from booking.money.fund.models import Decision, Entry
from booking.money.fund.ports import EntrySource
from booking.people.schools import queries as school_queries


def claim(*, actor: Actor, now: datetime, bid: Bid, claim: ClaimDetails) -> Bid:
    """Claim the promised money or less, with its receipt; release what is not claimed.

    Raises BidRefused, PromiseLapsed, receipts.NotAReceipt, MoveNotAllowed.
    """
    bid = locks.bid(bid.id)
    kind = receipts.content_type(claim.receipt)
    bidding.move(bid.state, BidState.CLAIMED)
    if bid.lapses_at is not None and bid.lapses_at <= now:
        raise PromiseLapsed(
            f"This promise ended at {terms.in_sentence(bid.lapses_at)}. Write to the "
            "treasurer: the money may still be available."
        )
    if found := bidding.claim_problems(
        claimed_pence=claim.pence,
        paid_pence=claim.paid_pence,
        promised_pence=queries.promised_to(bid.id),
        percent=bid.percent or 0,
    ):
        raise BidRefused(found)
    bid.paid_pence, bid.claimed_pence, bid.claimed_at = claim.paid_pence, claim.pence, now
    bid.reason = ""
    sha256 = hashlib.sha256(claim.receipt).hexdigest()
    db.session.add(
        BidReceipt(
            bid_id=bid.id,
            content_type=kind,
            size_bytes=len(claim.receipt),
            sha256=sha256,
            content=claim.receipt,
            uploaded_at=now,
        )
    )
    moves.move(
        bid,
        BidState.CLAIMED,
        actor=actor,
        now=now,
        action="claim_bid",
        claimed_pence=claim.pence,
        paid_pence=claim.paid_pence,
        receipt_sha256=sha256,
    )
    mail.to_pay(bid, now=now)
    return bid


def send_back(*, actor: Actor, now: datetime, bid: Bid, reason: str) -> Bid:
    """Ask the school to claim again; the money stays promised, with time to do so.

    Raises ReasonMissing, MoveNotAllowed.
    """
    bid = locks.bid(bid.id)
    if not reason.strip():
        raise ReasonMissing("Say what is missing, so that the school can send it.")
    bid.reason = reason.strip()
    again_at = terms.add_school_days(school_queries.calendar(bid.school_id), now, WARN_DAYS)
    bid.lapses_at = max(again_at, bid.lapses_at or again_at)
    moves.move(bid, BidState.APPROVED, actor=actor, now=now, action="send_back", reason=bid.reason)
    mail.sent_back(bid, now=now)
    return bid


def pay(*, actor: Actor, now: datetime, bid: Bid, account: str, paid_on: date) -> Bid:
    """Record in the ledger that a claim was paid: the promise ends and the money is spent.

    Nobody pays themselves. Raises bidding.OwnBid, MoveNotAllowed, fund.NotEnoughMoney, and what
    `fund.post` raises.
    """
    bid = locks.bid(bid.id)
    bidding.move(bid.state, BidState.SPENT)
    if actor.person_id is not None and actor.person_id == bid.applicant_id:
        raise bidding.OwnBid("You applied for this, so another treasurer pays it.")
    draft = _draft(bid, account)
    # Only its own promise may be spent on it.
    moves.release(bid, to=BidState.SPENT, now=now)
    fund.refuse_overspending(pence=bid.claimed_pence or 0, fund=Fund.CPD, account=account)
    bid.entry = fund.post(actor=actor, now=now, draft=draft, entered_on=paid_on)
    moves.move(bid, BidState.SPENT, actor=actor, now=now, action="pay_bid", entry=bid.entry.key)
    mail.paid(bid, now=now)
    return bid


def undo_payment(
    *, actor: Actor, now: datetime, bid: Bid, reason: str, decided: bool = False
) -> Entry | Decision:
    """Take back that a claim was paid: it waits to be paid, and its money is promised again.

    Above the network's limit a second person is asked, and nothing changes until they agree.
    Raises fund.AlreadyUndone, and what `fund.undo_or_ask` raises.
    """
    bid = locks.bid(bid.id)
    if bid.state is not BidState.SPENT or bid.entry is None:
        raise fund.AlreadyUndone("This payment has already been undone.")
    made = fund.undo_or_ask(actor=actor, now=now, entry=bid.entry, reason=reason, decided=decided)
    if isinstance(made, Decision):
        return made
    key, why = bid.entry.key, reason.strip()
    bid.entry = bid.ended_at = None
    moves.move(bid, BidState.CLAIMED, actor=actor, now=now, action="undo_bid_payment", reason=why)
    mail.payment_undone(bid, key=key, reason=why, now=now)
    return made


def source_of(key: str, /) -> EntrySource | None:
    """Return the bid that an entry paid."""
    kind, _, rest = key.partition(":")
    bid = queries.by_public_id(rest.partition(":")[0]) if kind == "bid" else None
    if bid is None:
        return None
    return EntrySource(
        made_by=f"the bid “{bid.title}”",
        how="To undo it, undo the payment there.",
        url=addresses.BID(public_id=bid.public_id),
        label="Open the bid",
        undo=partial(undo_payment, bid=bid, decided=True),
    )


def _draft(bid: Bid, account: str) -> Draft:
    pence = bid.claimed_pence or 0
    key, school = fund.key_after(f"bid:{bid.public_id}"), bid.school.slug
    if bid.kind is BidKind.SPEAKER:
        draft = ledger.speaker(key=key, pence=pence, description=bid.title, account=account)
        return replace(draft, school=school)
    return ledger.subsidy(
        key=key, pence=pence, description=bid.title, school=school, account=account
    )
