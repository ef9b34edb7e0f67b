"""Refunds from a school to a family."""

from flask import flash, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.places.models import Booking
from booking.domain.money import pounds
from booking.domain.permissions import Action, Scope
from booking.foundation import clock
from booking.foundation.web.access import requires
from booking.foundation.web.asks_again import asks_again
from booking.money.checkout import forms, ledger_keys, service
from booking.money.checkout.routes import money
from booking.money.checkout.routes.blueprints import checkout
from booking.money.fund import forms as fund_forms
from booking.money.fund import queries as fund_queries
from booking.money.payments import queries as payment_queries
from booking.money.payments.models import Method, PaymentLine, Refund


def load_line(public_id: str, payment_id: str) -> tuple[Booking, PaymentLine] | None:
    """Return what a payment brought in for the booking at an address."""
    booking, payment = money.load_booking(public_id), payment_queries.by_public_id(payment_id)
    if booking is None or payment is None:
        return None
    lines = (line for line in payment.lines if line.booking_id == booking.id)
    return next(((booking, line) for line in lines), None)


def load_by_school(public_id: str, payment_id: str) -> tuple[Booking, PaymentLine] | None:
    """Return the same, unless it came to the bank account: then the treasurer undoes it."""
    found = load_line(public_id, payment_id)
    return None if found is None or found[1].payment.is_at_network else found


def load_refund(public_id: str, refund_id: str) -> tuple[Booking, Refund] | None:
    """Return a refund to hand over, of the booking at an address."""
    booking, row = money.load_booking(public_id), payment_queries.refund_by_reference(refund_id)
    if booking is None or row is None or row.line.booking_id != booking.id:
        return None
    by_school = row.payment.method is not Method.CARD and not row.payment.is_at_network
    return (booking, row) if by_school else None


def scope_of_first(found: tuple[Booking, object]) -> Scope:
    """Return the school that the booking of a pair belongs to."""
    return money.scope_of(found[0])


@checkout.post("/school/bookings/<public_id>/money/refund/<payment_id>")
@requires(Action.KEEP_FUNDING, load=load_line, scope=scope_of_first, name="found")
@asks_again
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
@asks_again
def given_back(found: tuple[Booking, Refund]) -> ResponseReturnValue:
    """Record that cash, a cheque or a transfer was handed back."""
    booking, row = found
    return money.done(
        booking,
        lambda: service.give_back_by_hand(actor=current_user.actor, now=clock.now(), refund=row),
        "Recorded as handed back.",
    )


@checkout.route(
    "/school/bookings/<public_id>/money/undo-refund/<refund_id>", methods=["GET", "POST"]
)
@requires(Action.KEEP_FUNDING, load=load_refund, scope=scope_of_first, name="found")
@asks_again
def undo_refund(found: tuple[Booking, Refund]) -> ResponseReturnValue:
    """Take back that a refund was handed over: it was recorded by mistake."""
    booking, row = found
    form = fund_forms.UndoForm()
    if form.undone(
        lambda reason: service.undo_refund(
            actor=current_user.actor, now=clock.now(), refund=row, reason=reason
        ),
        "The refund has been undone. It has to be handed over again.",
    ):
        return money.back(booking)
    return _undo_page(
        form,
        booking,
        ledger_keys.refund_key(row),
        f"Undo the refund of {pounds(row.amount_pence)}",
        [
            "It waits to be handed over again, and the family is told so with the reason.",
            "Its entry in the ledger is reversed.",
        ],
    )


@checkout.route("/school/bookings/<public_id>/money/undo/<payment_id>", methods=["GET", "POST"])
@requires(Action.KEEP_FUNDING, load=load_by_school, scope=scope_of_first, name="found")
def undo_receipt(found: tuple[Booking, PaymentLine]) -> ResponseReturnValue:
    """Take back money that was recorded as received by hand and never came."""
    booking, line = found
    form = fund_forms.UndoForm()
    if form.undone(
        lambda reason: service.undo_receipt(
            actor=current_user.actor, now=clock.now(), line=line, reason=reason
        ),
        "The payment has been undone. The family will be told.",
    ):
        return money.back(booking)
    return _undo_page(
        form,
        booking,
        ledger_keys.payment_key(line),
        f"Undo the payment of {pounds(line.amount_pence)}",
        [
            "The money counts as not received, and the family is told so with the reason.",
            "A confirmed place stays confirmed. What was asked for is asked for again.",
            "The payment’s entry in the ledger is reversed.",
        ],
    )


def _undo_page(
    form: fund_forms.UndoForm, booking: Booking, key: str, heading: str, happens: list[str]
) -> ResponseReturnValue:
    return form.page(
        "_layouts/undo.html",
        heading=heading,
        caption=booking.event.title,
        here=url_for("checkout.booking_money", public_id=booking.public_id),
        here_label="The pupil’s payments",
        happens=happens,
        **fund_queries.second_person(key),
    )
