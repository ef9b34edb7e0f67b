"""Decide on a bid: approve it, alone or as one of two, or refuse it."""

from datetime import datetime

from booking.domain import bidding, ledger, money
from booking.domain.bidding import Application, BidState, Rules
from booking.domain.permissions import Actor
from booking.domain.problems import Problem
from booking.domain.reasons import ReasonMissing
from booking.foundation.db import db
from booking.money.bids import locks, queries
from booking.money.bids.models import Bid, BidApproval
from booking.money.bids.refusals import BidRefused, NotEnoughToPromise
from booking.money.bids.service import mail, moves
from booking.people.schools import queries as school_queries

#: How many school days before a promise lapses its applicant is warned.
WARN_DAYS = 10


def approve(*, actor: Actor, now: datetime, bid: Bid, pence: int) -> Bid:
    """Approve a bid, for the amount asked for or less; the last approval promises the money.

    The second person approves the same amount as the first. Raises BidRefused, NotEnoughToPromise,
    MoveNotAllowed, and what `domain.check_decider` raises.
    """
    bid = locks.bid(bid.id)
    _check_decider(actor, bid)
    rules = queries.rules()
    if bid.state is BidState.APPROVED_ONCE:
        pence = bid.approved_pence or 0
    if found := _problems(bid, rules, pence):
        raise BidRefused(found)
    _check_money(pence)
    bid.approved_pence, bid.percent = pence, rules.percent(bid.kind)
    bid.approvals.append(BidApproval(person_id=actor.person_id, pence=pence, approved_at=now))
    if len(bid.approvals) < bidding.approvals_needed(pence, rules):
        _move(bid, BidState.APPROVED_ONCE, actor=actor, now=now)
        mail.to_decide(bid, actor=actor, now=now)
        return bid
    _set_deadlines(bid, rules, now)
    _move(bid, BidState.APPROVED, actor=actor, now=now)
    mail.approved(bid, now=now)
    return bid


def refuse(*, actor: Actor, now: datetime, bid: Bid, reason: str) -> Bid:
    """Refuse a bid, and tell the applicant why.

    Raises ReasonMissing, MoveNotAllowed, and what `domain.check_decider` raises.
    """
    bid = locks.bid(bid.id)
    # The first person to approve may still change their mind; those it concerns may not decide.
    _check_decider(actor, bid, may_have_approved=True)
    if not reason.strip():
        raise ReasonMissing("Give a reason, so that the school knows what to do next time.")
    bid.reason = reason.strip()
    moves.move(bid, BidState.REFUSED, actor=actor, now=now, action="refuse_bid", reason=bid.reason)
    mail.refused(bid, now=now)
    return bid


def _check_decider(actor: Actor, bid: Bid, *, may_have_approved: bool = False) -> None:
    bidding.check_decider(
        person_id=actor.person_id,
        person_schools=queries.schools_of(actor),
        applicant_id=bid.applicant_id,
        school_id=bid.school_id,
        approved_by=() if may_have_approved else approved_by(bid),
    )


def approved_by(bid: Bid) -> list[int]:
    """Return the ids of the people who have approved a bid."""
    return [approval.person_id for approval in bid.approvals if approval.person_id is not None]


def _problems(bid: Bid, rules: Rules, pence: int) -> list[Problem]:
    if pence > bid.asked_pence:
        asked = money.pounds(bid.asked_pence)
        return [Problem("asked_pence", f"{asked} was asked for. Approve that or less.")]
    span = bidding.term_of(school_queries.calendar(None).terms, bid.takes_place_on)
    return bidding.problems(
        Application(bid.kind, bid.takes_place_on, bid.cost_pence, pence),
        rules,
        term_pence=queries.term_pence(bid.school_id, span, besides=bid.id),
        today=None,
    )


def _check_money(pence: int) -> None:
    """Raise NotEnoughToPromise unless the CPD fund has this much that is not promised yet."""
    found = queries.cpd_money()
    if not ledger.may_spend(found.held_pence, found.promised_pence, pence):
        left = bidding.available(found.held_pence, found.promised_pence)
        raise NotEnoughToPromise(
            f"The CPD fund has {money.pounds(left)} available: it holds "
            f"{money.pounds(found.held_pence)}, and {money.pounds(found.promised_pence)} is "
            "promised. Approve less, or wait until money comes in."
        )


def _set_deadlines(bid: Bid, rules: Rules, now: datetime) -> None:
    calendar = school_queries.calendar(bid.school_id)
    on = bid.takes_place_on
    warn_days = max(1, rules.lapse_days - WARN_DAYS)
    bid.approved_at = now
    bid.lapses_at = bidding.last_moment(calendar, now, on, rules.lapse_days)
    bid.warn_at = bidding.last_moment(calendar, now, on, warn_days)


def _move(bid: Bid, to: BidState, *, actor: Actor, now: datetime) -> None:
    db.session.flush()
    moves.move(
        bid, to, actor=actor, now=now, action="approve_bid", approved_pence=bid.approved_pence
    )
