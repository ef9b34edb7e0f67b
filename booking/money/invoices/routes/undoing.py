"""Undo an invoice, or a payment of one."""

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import money
from booking.domain.invoicing import InvoiceState
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import redirects
from booking.foundation.web.access import requires
from booking.money.fund import forms as fund_forms
from booking.money.fund import queries as fund_queries
from booking.money.invoices import service, words
from booking.money.invoices.models import Invoice, InvoicePayment
from booking.money.invoices.routes.blueprint import (
    invoices,
    load_invoice,
    load_payment,
    scope_of,
    scope_of_payment,
)


@invoices.route("/invoices/<public_id>/cancel", methods=["GET", "POST"])
@requires(Action.KEEP_FUND, load=load_invoice, scope=scope_of, name="invoice")
def cancel(invoice: Invoice) -> ResponseReturnValue:
    """Cancel an invoice that was wrong."""
    here, form = url_for(".show", public_id=invoice.public_id), fund_forms.UndoForm()
    done = "The invoice has been cancelled. The school can be billed again."
    if form.undone(
        lambda reason: service.cancel(
            actor=current_user.actor, now=clock.now(), invoice=invoice, reason=reason
        ),
        done,
    ):
        return redirects.see(here)
    if not form.is_submitted() and (invoice.state is not InvoiceState.RAISED or invoice.paid_pence):
        return redirects.see(here)
    return _undo_page(
        form,
        invoice,
        service.key_of(invoice),
        "Cancel the invoice",
        [
            "The school no longer owes anything for it, and is told so with the reason.",
            "Its entry in the ledger is reversed.",
            "The number is not used again; the school can be billed again.",
        ],
    )


@invoices.route("/invoices/<public_id>/payments/<payment_id>/undo", methods=["GET", "POST"])
@requires(Action.KEEP_FUND, load=load_payment, scope=scope_of_payment, name="payment")
def undo_payment(payment: InvoicePayment) -> ResponseReturnValue:
    """Take back a payment that was recorded by mistake."""
    invoice = payment.invoice
    here, form = url_for(".show", public_id=invoice.public_id), fund_forms.UndoForm()
    if form.undone(
        lambda reason: service.undo_payment(
            actor=current_user.actor, now=clock.now(), payment=payment, reason=reason
        ),
        "The payment has been undone. The invoice can be paid again.",
    ):
        return redirects.see(here)
    if not form.is_submitted() and payment.undone_at is not None:
        return redirects.see(here)
    return _undo_page(
        form,
        invoice,
        service.payment_key(payment),
        f"Undo the payment of {money.pounds(payment.pence)}",
        [
            "The invoice asks for this amount again, and the school is told so with the reason.",
            "The payment’s entry in the ledger is reversed. Nothing moves at the bank.",
        ],
    )


def _undo_page(
    form: fund_forms.UndoForm, invoice: Invoice, key: str, heading: str, happens: list[str]
) -> ResponseReturnValue:
    return form.page(
        "_layouts/undo.html",
        heading=heading,
        caption=f"{words.number_of(invoice)}, {invoice.school.name}",
        here=url_for(".show", public_id=invoice.public_id),
        here_label="The invoice",
        happens=happens,
        **fund_queries.second_person(key),
    )
