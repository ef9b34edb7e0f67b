"""One function for every way in which we hear about a payment: message, return page, sweep.

We ask the processor first, outside any transaction; then everything happens in one transaction,
under the locks of the event, the booking and the payment. A second caller finds the work done.
"""

from datetime import datetime
from enum import StrEnum

from booking.days.places import service as places
from booking.domain import charging, payment_states
from booking.domain.booking_states import SEATED, BookingState
from booking.domain.permissions import WORKER
from booking.foundation import clock
from booking.foundation.db import db, retrying, transaction
from booking.money.checkout import locks
from booking.money.checkout.queries import replies
from booking.money.checkout.service import answers, funding, mail, parking, posting, refunding
from booking.money.payments import gateway
from booking.money.payments import queries as payment_queries
from booking.money.payments import service as payments
from booking.money.payments.models import Payment


class SettlementOutcome(StrEnum):
    """The state of a payment once it has been settled."""

    PAID = "paid"
    #: Paid, and being returned: it was paid twice or too late, or the place has gone.
    RETURNED = "returned"
    WAITING = "waiting"
    OPEN = "open"
    LAPSED = "lapsed"
    FAILED = "failed"
    #: Parked on the treasurer's list.
    PARKED = "parked"
    #: Entered in our books: a dispute, a payout, a refund made elsewhere.
    HEARD = "heard"
    #: Not a payment of ours.
    NOT_OURS = "not_ours"
    #: We have had this message before.
    REPEATED = "repeated"


#: Why money is returned automatically, as the parent and the audit trail read it.
TWICE = "It was paid twice."
TOO_MUCH = "More was paid than was still due."
TOO_LATE = "The place had gone to another pupil before the payment arrived."
PLACE_ENDED = "The place was no longer held when the payment arrived."


def settle(
    session_id: str, *, message: gateway.ProcessorMessage | None = None
) -> SettlementOutcome:
    """Bring our books up to date with a page at the processor, however often and in any order.

    A message's id is kept in the same transaction as its effect. Raises what the gateway raises;
    then nothing has changed.
    """
    db.session.rollback()  # ends reading: the processor may take a while
    processor = gateway.current()
    seen = processor.session(session_id)
    live = processor.live

    def unit() -> SettlementOutcome:
        with transaction():
            return record(seen, live=live, now=clock.now(), message=message)

    return retrying(unit)


def record(
    seen: gateway.Session,
    *,
    live: bool,
    now: datetime,
    message: gateway.ProcessorMessage | None = None,
) -> SettlementOutcome:
    """Record what the processor knows, inside the caller's transaction."""
    found = _payment_of(seen)
    if found is None:
        return SettlementOutcome.NOT_OURS
    held = locks.payment(found.id)
    if message is not None and not payments.record_message(message=message, now=now):
        return SettlementOutcome.REPEATED
    if not payments.adopt_session(payment=held.payment, session=seen):
        return _second_page(held, seen, live=live, now=now)
    return _record_state(held, seen, live=live, now=now)


def _payment_of(seen: gateway.Session) -> Payment | None:
    # Either reference is reason to look closer: money that mentions us anywhere is never dropped.
    return (
        payment_queries.by_session(seen.id)
        or payment_queries.by_public_id(seen.reference)
        or payment_queries.by_public_id(seen.noted_reference)
    )


def _record_state(
    held: locks.HeldPayment, seen: gateway.Session, *, live: bool, now: datetime
) -> SettlementOutcome:
    match seen.state:
        case gateway.SessionState.PAID:
            return _record_paid(held, seen, live=live, now=now)
        case gateway.SessionState.EXPIRED:
            payments.record_lapsed(payment=held.payment)
            return _standing(held.payment, SettlementOutcome.LAPSED)
        case gateway.SessionState.FAILED:
            payments.record_failed(payment=held.payment)
            return _standing(held.payment, SettlementOutcome.FAILED)
        case gateway.SessionState.WAITING:
            return _standing(held.payment, SettlementOutcome.WAITING)
        case gateway.SessionState.OPEN:
            return _standing(held.payment, SettlementOutcome.OPEN)


def _standing(payment: Payment, otherwise: SettlementOutcome) -> SettlementOutcome:
    """Return the state that a payment already has, which an old message does not undo."""
    if payment.state is payment_states.PaymentState.TO_EXPLAIN:
        return SettlementOutcome.PARKED
    if payment.state is payment_states.PaymentState.REFUNDED or (
        payment.state in payment_states.HELD and not payments.left_pence(payment)
    ):
        return SettlementOutcome.RETURNED
    return SettlementOutcome.PAID if payment.state in payment_states.HELD else otherwise


def _record_paid(
    held: locks.HeldPayment, seen: gateway.Session, *, live: bool, now: datetime
) -> SettlementOutcome:
    payment = held.payment
    if payment.state in payment_states.HELD | {
        payment_states.PaymentState.REFUNDED,
        payment_states.PaymentState.TO_EXPLAIN,
    }:
        if payment.state is not payment_states.PaymentState.TO_EXPLAIN:
            posting.card_fee(held, seen.card_fee_pence, now=now)
        return _standing(payment, SettlementOutcome.PAID)
    problems = payments.mismatches(payment=payment, session=seen, live=live)
    if problems:
        return _park(held, seen, problems, live=live, now=now)
    before = {each.booking.id: funding.held_pence(each.booking.id) for each in held.lines}
    _take(held, seen, now=now)
    _settle_lines(held, before, now=now)
    return _standing(payment, SettlementOutcome.PAID)


def count(held: locks.HeldPayment, *, now: datetime) -> None:
    """Count a payment that a person has just accepted towards its bookings."""
    before = {
        each.booking.id: funding.held_pence(each.booking.id) - each.line.amount_pence
        for each in held.lines
    }
    _settle_lines(held, before, now=now)


def _settle_lines(held: locks.HeldPayment, before: dict[int, int], *, now: datetime) -> None:
    for each in held.lines:
        _settle_line(each, before[each.booking.id], now=now)


def _park(
    held: locks.HeldPayment,
    seen: gateway.Session,
    problems: list[str],
    *,
    live: bool,
    now: datetime,
) -> SettlementOutcome:
    payments.record_mismatch(
        actor=WORKER,
        now=now,
        payment=held.payment,
        session=seen,
        problems=problems,
        school_id=held.school_id,
    )
    parking.park_payment(held.payment, seen, live=live, now=now)
    return SettlementOutcome.PARKED


def _take(held: locks.HeldPayment, seen: gateway.Session, *, now: datetime) -> None:
    """Record that the money arrived and post it, whatever happens to it next."""
    payments.record_paid(
        actor=WORKER, now=now, payment=held.payment, session=seen, school_id=held.school_id
    )
    for each in held.lines:
        posting.payment(each, now=now)
    posting.card_fee(held, seen.card_fee_pence, now=now)
    db.session.flush()


def _settle_line(held: locks.HeldLine, before_pence: int, *, now: datetime) -> None:
    """Count one line's money towards its booking, or return it, without regard to other lines."""
    if reason := _reason_to_return(held, before_pence, now=now):
        _return(held, reason, now=now)
        return
    if excess := _excess(held):
        refunding.request(held, actor=WORKER, now=now, reason=TOO_MUCH, amount_pence=excess)
    funding.count_money(held.booking, actor=WORKER, now=now)
    answers.confirm_if_settled(actor=WORKER, now=now, booking=held.booking)
    mail.receipt(held, now=now)


def _excess(held: locks.HeldLine) -> int:
    """Return what was paid above a charge, because other money came while the page was open."""
    if not charging.may_block_place(held.event.fee_kind):
        return 0
    return max(0, funding.held_pence(held.booking.id) - held.event.fee_pence)


def _reason_to_return(held: locks.HeldLine, before_pence: int, *, now: datetime) -> str:
    """Return why the money cannot be kept, or "". Confirm a lapsed pupil's place if possible."""
    charged = charging.may_block_place(held.event.fee_kind)
    if charged and before_pence >= held.event.fee_pence:
        return TWICE
    if held.booking.state in SEATED:
        return ""
    if not charged or held.booking.state is not BookingState.LAPSED:
        return PLACE_ENDED
    return _place_again(held, before_pence, now=now)


def _place_again(held: locks.HeldLine, before_pence: int, *, now: datetime) -> str:
    """Confirm a lapsed pupil's place if the charge is met, or return why not.

    When the place lapsed, a refund was requested of any part paid in cash or by cheque. What has
    not been handed back yet counts again; without what has, the charge is not met.
    """
    short = held.event.fee_pence - before_pence - held.line.amount_pence
    waiting = refunding.waiting_by_hand(held.booking) if short > 0 else []
    met = short <= sum(row.amount_pence for row in waiting)
    if not met or not replies.reply(held.booking).complete:
        return PLACE_ENDED
    try:
        places.confirm(actor=WORKER, now=now, booking=held.booking)
    except places.PlaceRefused:
        return TOO_LATE
    refunding.call_off(waiting, actor=WORKER, now=now, booking=held.booking)
    return ""


def _return(held: locks.HeldLine, reason: str, *, now: datetime) -> None:
    refunding.request(held, actor=WORKER, now=now, reason=reason)
    mail.payment_returned(held, reason=reason, now=now)


def _second_page(
    held: locks.HeldPayment, seen: gateway.Session, *, live: bool, now: datetime
) -> SettlementOutcome:
    """Keep what was paid on a second page for one payment apart, and return it."""
    known = payment_queries.by_session(seen.id)
    if known is not None:  # it was recorded while we waited for the lock
        return _record_state(locks.payment(known.id), seen, live=live, now=now)
    if seen.state is not gateway.SessionState.PAID:
        return _standing(held.payment, SettlementOutcome.OPEN)
    problems = payments.mismatches(payment=held.payment, session=seen, live=live)
    twin = payments.open_payment(
        actor=WORKER,
        now=now,
        school_id=held.school_id,
        parent_id=held.payment.parent_id,
        items=payments.items_of(held.payment),
    )
    payments.record_session(payment=twin, session=seen)
    db.session.flush()
    again = locks.payment(twin.id)
    if problems:
        return _park(again, seen, problems, live=live, now=now)
    _take(again, seen, now=now)
    for each in again.lines:
        _return(each, TWICE, now=now)
    return SettlementOutcome.RETURNED
