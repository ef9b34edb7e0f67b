"""One invoice: on its page, on paper, and what is received for it."""

from flask import Response, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import english, permissions
from booking.domain.invoicing import InvoiceState
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.notifications import render
from booking.foundation.web import addresses, identity, redirects
from booking.foundation.web.access import requires
from booking.money.fund import ports as fund_ports
from booking.money.invoices import printing, service, words
from booking.money.invoices.forms import PaidForm, RemindForm
from booking.money.invoices.models import Invoice
from booking.money.invoices.printing import Sender
from booking.money.invoices.routes.blueprint import (
    REFUSALS,
    invoices,
    load_invoice,
    paid_to,
    scope_of,
    sender,
)
from booking.people.schools import queries as school_queries


@invoices.get("/invoices/<public_id>")
@requires(Action.SEE_INVOICE, load=load_invoice, scope=scope_of, name="invoice")
def show(invoice: Invoice) -> str:
    """Show an invoice: what it is for, and what has been received."""
    actor = current_user.actor
    is_open = invoice.state is InvoiceState.RAISED
    may_undo = permissions.may(actor, Action.KEEP_FUND)
    keeps = is_open and may_undo
    of_network = permissions.may(actor, Action.SEE_FUND)
    keys = {service.payment_key(payment): payment.public_id for payment in invoice.payments}
    homes = fund_ports.homes(list(keys)) if of_network else {}
    return render_template(
        "money/invoices/invoice.html",
        invoice=invoice,
        left_pence=invoice.amount_pence - invoice.paid_pence,
        of_network=of_network,
        ways={keys[key]: home.url for key, home in homes.items()},
        payee=paid_to(),
        may_record=keeps,
        may_undo=may_undo,
        may_cancel=keeps and not invoice.paid_pence,
        may_remind=keeps and invoice.due_on < clock.today(),
        in_latin=printing.in_latin(invoice, _sender(invoice)),
        today=clock.today(),
    )


@invoices.get("/invoices/<public_id>.pdf")
@requires(Action.SEE_INVOICE, load=load_invoice, scope=scope_of, name="invoice")
def paper(invoice: Invoice) -> ResponseReturnValue:
    """Send an invoice as a PDF."""
    content = printing.as_pdf(invoice, _sender(invoice))
    response = Response(content, mimetype="application/pdf")
    name = f"invoice-{words.number_of(invoice).replace('/', '-')}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@invoices.route("/invoices/<public_id>/paid", methods=["GET", "POST"])
@requires(Action.KEEP_FUND, load=load_invoice, scope=scope_of, name="invoice")
def paid(invoice: Invoice) -> ResponseReturnValue:
    """Record money received for an invoice."""
    here = url_for(".show", public_id=invoice.public_id)
    left = invoice.amount_pence - invoice.paid_pence
    form = PaidForm(data={"pence": left or None})
    if form.carry_out(lambda: _record(invoice, form), REFUSALS):
        flash("Recorded in the ledger.", "success")
        return redirects.see(here)
    if not form.is_submitted() and invoice.state is not InvoiceState.RAISED:
        return redirects.see(here)
    return form.page("money/invoices/paid.html", invoice=invoice, left_pence=left)


def _record(invoice: Invoice, form: PaidForm) -> object:
    paid_on = form.paid_on.data
    assert paid_on is not None, "the form asks for it"
    return service.record_payment(
        actor=current_user.actor,
        now=clock.now(),
        invoice=invoice,
        pence=form.pence.data or 0,
        account=form.account.data,
        paid_on=paid_on,
    )


@invoices.route("/invoices/<public_id>/remind", methods=["GET", "POST"])
@requires(Action.KEEP_FUND, load=load_invoice, scope=scope_of, name="invoice")
def remind(invoice: Invoice) -> ResponseReturnValue:
    """Show who would be reminded of an invoice that is late, and remind them."""
    here, form = url_for(".show", public_id=invoice.public_id), RemindForm()
    if form.carry_out(lambda: _remind(invoice), REFUSALS):
        flash("The school has been reminded by e-mail.", "success")
        return redirects.see(here)
    if not form.is_submitted() and invoice.state is not InvoiceState.RAISED:
        return redirects.see(here)
    names = [person.name for person in school_queries.coordinators(invoice.school_id)]
    return form.page(
        "money/invoices/remind.html",
        invoice=invoice,
        left_pence=invoice.amount_pence - invoice.paid_pence,
        people=english.listed(names) if names else "",
    )


def _remind(invoice: Invoice) -> object:
    return service.remind(actor=current_user.actor, now=clock.now(), invoice=invoice, to=paid_to())


def _sender(invoice: Invoice) -> Sender:
    address = render.absolute_url(addresses.INVOICE(public_id=invoice.public_id))
    return Sender(sender(), paid_to(), identity.facts().email, address)
