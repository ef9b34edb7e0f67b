"""Where each pound is: on exactly one booking, given back, or on the treasurer's list.

Compares our books with the stand-in's, which is right: it has the money.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select

from booking.db import db
from booking.domain import payment_states as states
from booking.domain.booking_states import SEATED
from booking.domain.charging import FeeKind
from booking.domain.payment_states import RefundState
from booking.events.models import Event
from booking.fund.models import Entry, Line
from booking.payments.models import Method, Payment, PaymentLine
from booking.places.models import Booking
from tests.features.payments import stand_in

CLEARING = "assets:card-clearing"
AT_THE_BANK = {"pending", "succeeded"}


def problems(stripe: stand_in.Stripe) -> list[str]:
    """Return in words every pound that is not where it has to be; empty when all is well."""
    db.session.rollback()
    found = [*_sessions(stripe), *bookings(), *_clearing(stripe)]
    db.session.rollback()
    return found


def paid_sessions(stripe: stand_in.Stripe) -> list[dict[str, Any]]:
    """Return the pages on which the stand-in took money."""
    return [s for s in stripe.sessions.values() if s["payment_status"] == "paid"]


def given_back(stripe: stand_in.Stripe, session: dict[str, Any]) -> int:
    """Return the pence that went back of what was taken on a page."""
    return sum(
        refund["amount"]
        for refund in stripe.refunds.values()
        if refund["payment_intent"] == session["_intent"]["id"] and refund["status"] in AT_THE_BANK
    )


def _sessions(stripe: stand_in.Stripe) -> Iterator[str]:
    for session in paid_sessions(stripe):
        payment = db.session.scalar(select(Payment).where(Payment.session_id == session["id"]))
        if payment is None:
            yield f"{session['id']}: money was taken, and no payment knows it"
        elif payment.state is states.State.TO_EXPLAIN:
            if not payment.to_explain:
                yield f"{session['id']}: parked without a reason"
        elif payment.state not in states.HELD | {states.State.REFUNDED}:
            yield f"{session['id']}: money was taken; the payment is {payment.state}"
        else:
            yield from _lines(payment, session["amount_total"] - given_back(stripe, session))
    taken = {session["id"] for session in paid_sessions(stripe)}
    ours = select(Payment).where(Payment.method == Method.CARD, Payment.state.in_(states.HELD))
    for payment in db.session.scalars(ours):
        if payment.session_id not in taken:
            yield f"payment {payment.id}: counted, and the bank took nothing"


def _lines(payment: Payment, left_pence: int) -> Iterator[str]:
    kept = sum(line.amount_pence - line.refunded_pence for line in payment.lines)
    if kept != left_pence:
        yield f"payment {payment.id}: we keep {kept}, the bank has {left_pence}"
    for line in payment.lines:
        booking = db.session.get_one(Booking, line.booking_id)
        going = [row for row in line.refunds if row.state is RefundState.REQUESTED]
        failed = [row for row in line.refunds if row.state is RefundState.FAILED]
        rests = line.amount_pence - line.refunded_pence - sum(row.amount_pence for row in going)
        if rests and booking.state not in SEATED and not failed:
            yield f"line {line.id}: {rests} rests on a booking that is {booking.state}"


def bookings() -> Iterator[str]:
    """Return the bookings for which more of a charge is kept than was asked."""
    kept = (
        select(PaymentLine.booking_id, func.sum(PaymentLine.amount_pence - _spoken_for()))
        .join(PaymentLine.payment)
        .join(Event, Event.id == PaymentLine.event_id)
        .where(Event.fee_kind == FeeKind.CHARGE, Payment.state.in_(states.HELD))
        .group_by(PaymentLine.booking_id)
    )
    for booking_id, pence in db.session.execute(kept):
        fee = db.session.get_one(Booking, booking_id).event.fee_pence
        if pence > fee:
            yield f"booking {booking_id}: {pence} kept of a charge of {fee}"


def _spoken_for() -> Any:
    from booking.payments.models import Refund  # beside its only use

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
    """Card clearing is the stand-in's account, to the penny."""
    ledger = db.session.scalar(
        select(func.coalesce(func.sum(Line.pence), 0)).where(Line.account == CLEARING)
    )
    expected = 0
    for session in paid_sessions(stripe):
        payment = db.session.scalar(select(Payment).where(Payment.session_id == session["id"]))
        if payment is None or _outside(payment):
            continue
        expected += session["amount_total"] - given_back(stripe, session)
        if payment.state is not states.State.TO_EXPLAIN:
            expected -= payment.card_fee_pence or 0
    if ledger != expected:
        yield f"card clearing has {ledger}, the bank {expected}"


def _outside(payment: Payment) -> bool:
    """Parked money of another currency or mode is on no account of ours."""
    parked = select(Entry.id).where(Entry.key == f"parked:{payment.public_id}")
    return payment.state is states.State.TO_EXPLAIN and db.session.scalar(parked) is None
