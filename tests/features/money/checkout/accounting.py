"""Where each pound is: on exactly one booking, given back, or on the treasurer's list.

Compares our books with the stand-in's, which are right because it has the money.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select

from booking.days.events.models import Event
from booking.days.places.models import Booking
from booking.domain import payment_states
from booking.domain.booking_states import SEATED, BookingState
from booking.domain.charging import FeeKind
from booking.domain.payment_states import FundingStatus as Status
from booking.domain.payment_states import RefundState
from booking.foundation.db import db
from booking.foundation.notifications.models import Message
from booking.money.checkout import service
from booking.money.checkout.models import Funding
from booking.money.checkout.queries import replies
from booking.money.fund.models import Entry, EntryLine
from booking.money.payments.models import Method, Payment, PaymentLine
from tests.features.money.payments import stand_in

CLEARING = "assets:card-clearing"
UNDER_WAY = {"pending", "succeeded"}


def problems(stripe: stand_in.Stripe) -> list[str]:
    """Return in words every pound that is not where it should be; empty if all is well."""
    db.session.rollback()
    found = [*_sessions(stripe), *bookings(), *_fees(stripe), *_standings(), *_clearing(stripe)]
    db.session.rollback()
    return found


def paid_sessions(stripe: stand_in.Stripe) -> list[dict[str, Any]]:
    """Return the pages on which the stand-in took money."""
    return [s for s in stripe.sessions.values() if s["payment_status"] == "paid"]


def given_back(stripe: stand_in.Stripe, session: dict[str, Any]) -> int:
    """Return how many of the pence taken on a page went back."""
    return sum(
        refund["amount"]
        for refund in stripe.refunds.values()
        if refund["payment_intent"] == session["_intent"]["id"] and refund["status"] in UNDER_WAY
    )


def _sessions(stripe: stand_in.Stripe) -> Iterator[str]:
    for session in paid_sessions(stripe):
        payment = db.session.scalar(select(Payment).where(Payment.session_id == session["id"]))
        if payment is None:
            yield f"{session['id']}: money was taken, and no payment knows it"
        elif payment.state is payment_states.PaymentState.TO_EXPLAIN:
            if not payment.to_explain:
                yield f"{session['id']}: parked without a reason"
        elif payment.state not in payment_states.HELD | {payment_states.PaymentState.REFUNDED}:
            yield f"{session['id']}: money was taken; the payment is {payment.state}"
        else:
            yield from _lines(payment, session["amount_total"] - given_back(stripe, session))
    taken = {session["id"] for session in paid_sessions(stripe)}
    ours = select(Payment).where(
        Payment.method == Method.CARD, Payment.state.in_(payment_states.HELD)
    )
    for payment in db.session.scalars(ours):
        if payment.session_id not in taken:
            yield f"payment {payment.id}: counted, and the processor took nothing"


def _lines(payment: Payment, left_pence: int) -> Iterator[str]:
    kept = sum(line.amount_pence - line.refunded_pence for line in payment.lines)
    if kept != left_pence:
        yield f"payment {payment.id}: we keep {kept}, the processor has {left_pence}"
    for line in payment.lines:
        booking = db.session.get_one(Booking, line.booking_id)
        going = [row for row in line.refunds if row.state is RefundState.REQUESTED]
        failed = [row for row in line.refunds if row.state is RefundState.FAILED]
        rests = line.amount_pence - line.refunded_pence - sum(row.amount_pence for row in going)
        if rests and booking.state not in SEATED and not failed:
            yield f"line {line.id}: {rests} rests on a booking that is {booking.state}"


def bookings() -> Iterator[str]:
    """Return the bookings for which we keep more of a charge than we asked for."""
    kept = (
        select(PaymentLine.booking_id, func.sum(PaymentLine.amount_pence - _spoken_for()))
        .join(PaymentLine.payment)
        .join(Event, Event.id == PaymentLine.event_id)
        .where(Event.fee_kind == FeeKind.CHARGE, Payment.state.in_(payment_states.HELD))
        .group_by(PaymentLine.booking_id)
    )
    for booking_id, pence in db.session.execute(kept):
        fee = db.session.get_one(Booking, booking_id).event.fee_pence
        if pence > fee:
            yield f"booking {booking_id}: {pence} kept of a charge of {fee}"


def settled_and_waiting() -> Iterator[str]:
    """Return the bookings that were answered and paid for but are not confirmed."""
    waiting = (
        select(Booking)
        .join(Booking.event)
        .where(Event.fee_kind == FeeKind.CHARGE, Booking.state == BookingState.INVITED)
    )
    for booking in db.session.scalars(waiting):
        if replies.reply(booking).complete and not service.amount_due(booking):
            yield f"booking {booking.id}: nothing is due, and it is not confirmed"


def _fees(stripe: stand_in.Stripe) -> Iterator[str]:
    """The fee that the processor keeps from a payment is known and posted once."""
    for session in paid_sessions(stripe):
        payment = db.session.scalar(select(Payment).where(Payment.session_id == session["id"]))
        if payment is None or payment.state is payment_states.PaymentState.TO_EXPLAIN:
            continue
        kept = session["_intent"]["latest_charge"]["balance_transaction"]
        if kept and payment.card_fee_pence != kept["fee"]:
            yield f"payment {payment.id}: a fee of {payment.card_fee_pence}, not {kept['fee']}"


def _standings() -> Iterator[str]:
    """The state of a fee agrees with the money."""
    seated = select(Booking, Funding).join(Funding, Funding.booking_id == Booking.id)
    for booking, funding in db.session.execute(seated.where(Booking.state.in_(SEATED))):
        kept = _kept(booking.id)
        asked = funding.asked_pence if booking.event.fee_kind is FeeKind.CHARGE else min(kept, 1)
        right = {Status.RECEIVED} if kept >= asked else {Status.PARTLY, Status.REMITTED}
        if kept and funding.status not in right:
            yield f"booking {booking.id}: {kept} of {asked} is here, and it is {funding.status}"
        if not kept and funding.status in {Status.RECEIVED, Status.PARTLY}:
            yield f"booking {booking.id}: nothing is here, and it is {funding.status}"


def _kept(booking_id: int) -> int:
    lines = (
        select(PaymentLine)
        .join(Payment)
        .where(PaymentLine.booking_id == booking_id, Payment.state.in_(payment_states.HELD))
    )
    return sum(line.amount_pence - line.refunded_pence for line in db.session.scalars(lines))


def unsaid() -> list[str]:
    """Return the lines for which the family has not been told what happened to the money."""
    db.session.rollback()
    told = set(db.session.scalars(select(Message.key)))
    arrived = (
        select(PaymentLine)
        .join(Payment)
        .where(Payment.paid_at.is_not(None), Payment.method == Method.CARD)
    )
    return [
        f"line {line.id}: {len(said)} letters about the money that came"
        for line in db.session.scalars(arrived)
        if len(said := _letters(line) & told) != 1
    ]


def _letters(line: PaymentLine) -> set[str]:
    whom = f"{line.key}:{line.payment.parent_id}"
    return {f"receipt:{whom}", f"payment_returned:{whom}"}


def _spoken_for() -> Any:
    from booking.money.payments.models import Refund  # beside its only use

    asked = Refund.state.in_(
        (RefundState.REQUESTED, RefundState.PENDING, RefundState.SUCCEEDED, RefundState.FAILED)
    )
    return (
        select(func.coalesce(func.sum(Refund.amount_pence), 0))
        .where(Refund.line_id == PaymentLine.id, asked)
        .correlate(PaymentLine)
        .scalar_subquery()
    )


def _clearing(stripe: stand_in.Stripe) -> Iterator[str]:
    """Card clearing equals the stand-in's account, to the penny."""
    ledger = db.session.scalar(
        select(func.coalesce(func.sum(EntryLine.pence), 0)).where(EntryLine.account == CLEARING)
    )
    expected = 0
    for session in paid_sessions(stripe):
        payment = db.session.scalar(select(Payment).where(Payment.session_id == session["id"]))
        if payment is None or _outside(payment):
            continue
        expected += session["amount_total"] - given_back(stripe, session)
        if payment.state is not payment_states.PaymentState.TO_EXPLAIN:
            expected -= payment.card_fee_pence or 0
    if ledger != expected:
        yield f"card clearing has {ledger}, the processor {expected}"


def _outside(payment: Payment) -> bool:
    """Parked money in another currency or mode is in none of our accounts."""
    parked = select(Entry.id).where(Entry.key == f"parked:{payment.public_id}")
    return (
        payment.state is payment_states.PaymentState.TO_EXPLAIN
        and db.session.scalar(parked) is None
    )
