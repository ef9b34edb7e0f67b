"""Refunds from a school to a family."""

from flask import flash
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.places.models import Booking
from booking.domain.permissions import Action, Scope
from booking.foundation import clock
from booking.foundation.web.access import requires
from booking.money.checkout import forms, service
from booking.money.checkout.routes import money
from booking.money.checkout.routes.blueprints import checkout
from booking.money.payments import queries as payment_queries
from booking.money.payments.models import Method, PaymentLine, Refund


def load_line(public_id: str, payment_id: str) -> tuple[Booking, PaymentLine] | None:
    """Return what a payment brought in for the booking at an address."""
    booking, payment = money.load_booking(public_id), payment_queries.by_public_id(payment_id)
    if booking is None or payment is None:
        return None
    lines = (line for line in payment.lines if line.booking_id == booking.id)
    return next(((booking, line) for line in lines), None)


def load_refund(public_id: str, refund_id: str) -> tuple[Booking, Refund] | None:
    """Return a refund to hand over, of the booking at an address."""
    booking, row = money.load_booking(public_id), payment_queries.refund_by_reference(refund_id)
    if booking is None or row is None or row.line.booking_id != booking.id:
        return None
    return (booking, row) if row.payment.method is not Method.CARD else None


def scope_of_first(found: tuple[Booking, object]) -> Scope:
    """Return the school that the booking of a pair belongs to."""
    return money.scope_of(found[0])


@checkout.post("/school/bookings/<public_id>/money/refund/<payment_id>")
@requires(Action.KEEP_FUNDING, load=load_line, scope=scope_of_first, name="found")
def refund(found: tuple[Booking, PaymentLine]) -> ResponseReturnValue:
    """Request a refund to the family."""
    booking, line = found
    form = forms.RefundForm(prefix="refund")
    if form.carry_out(
        lambda: service.refund(
            actor=current_user.actor,
            now=clock.now(),
            line=line,
            reason=form.reason.data,
            amount_pence=form.amount.data,
        ),
        dict.fromkeys(money.REFUSALS, "amount"),
    ):
        flash("The money will be refunded. The family will be told when it has been.", "success")
        return money.back(booking)
    return money.show(booking.id, refund_form=form, status=422)


@checkout.post("/school/bookings/<public_id>/money/given-back/<refund_id>")
@requires(Action.KEEP_FUNDING, load=load_refund, scope=scope_of_first, name="found")
def given_back(found: tuple[Booking, Refund]) -> ResponseReturnValue:
    """Record that cash, a cheque or a transfer was handed back."""
    booking, row = found
    return money.done(
        booking,
        lambda: service.give_back_by_hand(actor=current_user.actor, now=clock.now(), refund=row),
        "Recorded as handed back.",
    )
