"""The pages about invoices: the treasurer bills and records, schools see what they owe."""

from flask import Blueprint, Response, current_app, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events import queries as event_queries
from booking.days.events.models import Event
from booking.domain import english, invoicing, ledger, money, permissions
from booking.domain.invoicing import InvoiceState
from booking.domain.permissions import Action, Scope
from booking.foundation import clock
from booking.foundation.web import redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import Refusals
from booking.foundation.web.paging import asked_page, page_of
from booking.money.fund import forms as fund_forms
from booking.money.fund import queries as fund_queries
from booking.money.fund import service as fund
from booking.money.invoices import printing, queries, service
from booking.money.invoices.forms import PaidForm, RaiseForm
from booking.money.invoices.models import Invoice, InvoicePayment
from booking.people.schools import acting

invoices = Blueprint("invoices", __name__)
#: The field beside which a refusal is shown; the others go at the top.
REFUSALS: Refusals = {
    invoicing.InvoiceNotPayable: "pence",
    fund.DateInFuture: "paid_on",
    ledger.YearIsClosed: "paid_on",
    service.NothingToBill: "",
    invoicing.MoveNotAllowed: "",
}


def load_invoice(public_id: str) -> Invoice | None:
    """Return the invoice at an address."""
    return queries.by_public_id(public_id)


def scope_of(invoice: Invoice) -> Scope:
    """Return what an invoice belongs to: the school that owes the money."""
    return Scope(school_id=invoice.school_id)


def load_event(slug: str) -> Event | None:
    """Return the event at an address."""
    return event_queries.by_slug(slug)


def scope_of_event(event: Event) -> Scope:
    """Return what an event belongs to: its host."""
    return Scope(school_id=event.host_school_id, event_id=event.id)


@invoices.get("/fund/invoices/")
@requires(Action.SEE_FUND)
def home() -> str:
    """Show the events to bill schools for, and all invoices."""
    return render_template(
        "money/invoices/home.html",
        to_bill=page_of(queries.events_to_bill(clock.now()), number=1),
        page=page_of(queries.listed(), number=asked_page()),
        owed_pence=queries.owed_pence(),
        may_bill=permissions.may(current_user.actor, Action.KEEP_FUND),
        today=clock.today(),
    )


@invoices.route("/fund/invoices/events/<slug>", methods=["GET", "POST"])
@requires(Action.KEEP_FUND, load=load_event, scope=scope_of_event, name="event")
def bill(event: Event) -> ResponseReturnValue:
    """Show which schools an event would bill, and bill them."""
    form = RaiseForm()
    if done := form.carry_out(lambda: _raise(event), REFUSALS):
        raised = english.plural(len(done.result), "invoice is", "invoices are")
        flash(f"{raised} raised. We have e-mailed each school.", "success")
        return redirects.see(url_for(".home"))
    return form.page("money/invoices/bill.html", event=event, owing=queries.to_bill(event))


def _raise(event: Event) -> list[Invoice]:
    return service.raise_invoices(actor=current_user.actor, now=clock.now(), event=event)


@invoices.get("/school/invoices/")
@requires(Action.KEEP_FUNDING)
def of_school() -> str:
    """Show a school's own invoices."""
    school = acting.school()
    return render_template(
        "money/invoices/of_school.html",
        school=school,
        page=page_of(queries.listed(school_ids=[school.id]), number=asked_page()),
        owed_pence=queries.owed_pence([school.id]),
        today=clock.today(),
    )


@invoices.get("/invoices/<public_id>")
@requires(Action.SEE_INVOICE, load=load_invoice, scope=scope_of, name="invoice")
def show(invoice: Invoice) -> str:
    """Show an invoice: what it is for, and what has been received."""
    actor = current_user.actor
    is_open = invoice.state is InvoiceState.RAISED
    may_undo = permissions.may(actor, Action.KEEP_FUND)
    keeps = is_open and may_undo
    return render_template(
        "money/invoices/invoice.html",
        invoice=invoice,
        left_pence=service.amount_of(invoice) - invoice.paid_pence,
        of_network=permissions.may(actor, Action.SEE_FUND),
        may_record=keeps,
        may_undo=may_undo,
        may_cancel=keeps and not invoice.paid_pence,
        in_latin=printing.in_latin(invoice, network=current_app.config["NETWORK_NAME"]),
        today=clock.today(),
    )


@invoices.get("/invoices/<public_id>.pdf")
@requires(Action.SEE_INVOICE, load=load_invoice, scope=scope_of, name="invoice")
def paper(invoice: Invoice) -> ResponseReturnValue:
    """Send an invoice as a PDF."""
    content = printing.as_pdf(
        invoice,
        network=current_app.config["NETWORK_NAME"],
        address=url_for(".show", public_id=invoice.public_id, _external=True),
    )
    response = Response(content, mimetype="application/pdf")
    name = f"invoice-{service.number_of(invoice).replace('/', '-')}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@invoices.route("/invoices/<public_id>/paid", methods=["GET", "POST"])
@requires(Action.KEEP_FUND, load=load_invoice, scope=scope_of, name="invoice")
def paid(invoice: Invoice) -> ResponseReturnValue:
    """Record money received for an invoice."""
    here = url_for(".show", public_id=invoice.public_id)
    left = service.amount_of(invoice) - invoice.paid_pence
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


def load_payment(public_id: str, payment_id: str) -> InvoicePayment | None:
    """Return the payment of an invoice that an address names."""
    found = queries.payment_by_public_id(payment_id)
    return found if found is not None and found.invoice.public_id == public_id else None


def scope_of_payment(payment: InvoicePayment) -> Scope:
    """Return what a payment belongs to: the school that owes."""
    return scope_of(payment.invoice)


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
        caption=f"{service.number_of(invoice)}, {invoice.school.name}",
        here=url_for(".show", public_id=invoice.public_id),
        here_label="The invoice",
        happens=happens,
        **fund_queries.second_person(key),
    )
