"""One function for every way in which we learn of a payment: message, return page, sweep.

The bank is asked first, outside any transaction; then everything happens in one, under the locks
of the event, the booking and the payment. Whoever comes second finds the work done.
"""

from datetime import datetime
from enum import StrEnum

from booking import clock
from booking.checkout import queries
from booking.checkout.service import answers, funding, locks, mails, posting, refunding
from booking.db import db, retrying, transaction
from booking.domain import charging
from booking.domain import payment_states as states
from booking.domain.booking_states import SEATED, State
from booking.domain.permissions import WORKER
from booking.payments import gateway
from booking.payments import queries as payments
from booking.payments import service as paying
from booking.payments.models import Payment
from booking.places import service as places


class Outcome(StrEnum):
    """How a payment stands once it has been settled."""

    PAID = "paid"
    #: Paid, and on its way back: twice, too late, or the place is gone.
    RETURNED = "returned"
    WAITING = "waiting"
    OPEN = "open"
    LAPSED = "lapsed"
    FAILED = "failed"
    #: Parked on the treasurer's list.
    PARKED = "parked"
    #: No payment of ours.
    NOT_OURS = "not_ours"
    #: This message was heard before.
    REPEATED = "repeated"


#: Why money goes back by itself, as the parent and the audit trail read it.
TWICE = "It was paid twice."
TOO_LATE = "The place had gone to another pupil before the payment arrived."
PLACE_ENDED = "The place was no longer held when the payment arrived."


def settle(session_id: str, *, message: gateway.Message | None = None) -> Outcome:
    """Bring our books to what the bank knows of a page, any number of times and in any order.

    With a message, its id is kept in the same transaction as the effect. Raises what the gateway
    raises; nothing has changed then.
    """
    db.session.rollback()  # ends the reading so far: the bank may take its time
    bank = gateway.current()
    seen = bank.session(session_id)
    live = bank.live

    def unit() -> Outcome:
        with transaction():
            return record(seen, live=live, now=clock.now(), message=message)

    return retrying(unit)


def record(
    seen: gateway.Session, *, live: bool, now: datetime, message: gateway.Message | None = None
) -> Outcome:
    """Record what the bank knows, inside the caller's transaction."""
    found = payments.by_session(seen.id) or payments.by_public_id(seen.reference)
    if found is None:
        return Outcome.NOT_OURS
    held = locks.payment(found.id)
    if message is not None and not paying.record_message(message=message, now=now):
        return Outcome.REPEATED
    if not paying.adopt_session(payment=held.payment, session=seen):
        return _second_page(held, seen, now=now)
    return _record_state(held, seen, live=live, now=now)


def _record_state(held: locks.Held, seen: gateway.Session, *, live: bool, now: datetime) -> Outcome:
    match seen.state:
        case gateway.SessionState.PAID:
            return _record_paid(held, seen, live=live, now=now)
        case gateway.SessionState.EXPIRED:
            paying.record_lapsed(payment=held.payment)
            return _standing(held.payment, Outcome.LAPSED)
        case gateway.SessionState.FAILED:
            paying.record_failed(payment=held.payment)
            return _standing(held.payment, Outcome.FAILED)
        case gateway.SessionState.WAITING:
            return _standing(held.payment, Outcome.WAITING)
        case gateway.SessionState.OPEN:
            return _standing(held.payment, Outcome.OPEN)


def _standing(payment: Payment, otherwise: Outcome) -> Outcome:
    """Return how a payment stands already; an old message does not undo it."""
    if payment.state is states.State.TO_EXPLAIN:
        return Outcome.PARKED
    if payment.state is states.State.REFUNDED or (
        payment.state in states.HELD and not paying.left_pence(payment)
    ):
        return Outcome.RETURNED
    return Outcome.PAID if payment.state in states.HELD else otherwise


def _record_paid(held: locks.Held, seen: gateway.Session, *, live: bool, now: datetime) -> Outcome:
    payment, school_id = held.payment, held.booking.school_id
    if payment.state in states.HELD | {states.State.REFUNDED, states.State.TO_EXPLAIN}:
        if payment.state is not states.State.TO_EXPLAIN:
            posting.card_fee(held, seen, now=now)
        return _standing(payment, Outcome.PAID)
    problems = paying.mismatches(payment=payment, session=seen, live=live)
    if problems:
        paying.record_mismatch(
            actor=WORKER, now=now, payment=payment, session=seen, problems=problems,
            school_id=school_id,
        )  # fmt: skip
        return Outcome.PARKED
    before = funding.held_pence(held.booking.id)
    paying.record_paid(actor=WORKER, now=now, payment=payment, session=seen, school_id=school_id)
    posting.payment(held, now=now)
    posting.card_fee(held, seen, now=now)
    if reason := _reason_to_return(held, before, now=now):
        return _return(held, reason, now=now)
    funding.count_money(held.booking, actor=WORKER, now=now)
    answers.confirm_if_settled(actor=WORKER, now=now, booking=held.booking)
    mails.receipt(payment, held.booking, now=now)
    return Outcome.PAID


def _reason_to_return(held: locks.Held, before_pence: int, *, now: datetime) -> str:
    """Say why the money cannot stay; empty when it can. Seats a lapsed pupil where it can."""
    charged = charging.may_block_place(held.event.fee_kind)
    if charged and before_pence >= held.event.fee_pence:
        return TWICE
    if held.booking.state in SEATED:
        return ""
    if not charged or held.booking.state is not State.LAPSED:
        return PLACE_ENDED
    if not queries.reply(held.booking).complete:
        return PLACE_ENDED
    try:
        places.confirm(actor=WORKER, now=now, booking=held.booking)
    except places.Refused:
        return TOO_LATE
    return ""


def _return(held: locks.Held, reason: str, *, now: datetime) -> Outcome:
    db.session.flush()
    refunding.request(held.payment, held.booking, actor=WORKER, now=now, reason=reason)
    mails.payment_returned(held.payment, held.booking, reason=reason, now=now)
    return Outcome.RETURNED


def _second_page(held: locks.Held, seen: gateway.Session, *, now: datetime) -> Outcome:
    """A second page for one payment: what is paid there is kept apart, and goes back."""
    if seen.state is not gateway.SessionState.PAID:
        return _standing(held.payment, Outcome.OPEN)
    twin = paying.open_payment(
        actor=WORKER, now=now, booking_id=held.booking.id, event_id=held.event.id,
        school_id=held.booking.school_id, parent_id=held.payment.parent_id,
        amount_pence=seen.amount_pence,
    )  # fmt: skip
    paying.record_session(payment=twin, session=seen)
    paying.record_paid(
        actor=WORKER, now=now, payment=twin, session=seen, school_id=held.booking.school_id
    )
    db.session.flush()
    again = locks.Held(held.event, held.booking, twin)
    posting.payment(again, now=now)
    posting.card_fee(again, seen, now=now)
    return _return(again, TWICE, now=now)
