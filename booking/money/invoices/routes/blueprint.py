"""The blueprint of invoices, and how addresses find an invoice, its payment or an event."""

from flask import Blueprint, current_app

from booking.days.events import queries as event_queries
from booking.days.events.models import Event
from booking.domain import invoicing, ledger, payee
from booking.domain.payee import Payee
from booking.domain.permissions import Scope
from booking.foundation.web import identity
from booking.foundation.web.forms import Refusals
from booking.money.fund import queries as fund_queries
from booking.money.fund import service as fund
from booking.money.invoices import queries, service
from booking.money.invoices.models import Invoice, InvoicePayment

invoices = Blueprint("invoices", __name__)
#: The field beside which a refusal is shown; the others go at the top.
REFUSALS: Refusals = {
    invoicing.InvoiceNotPayable: "pence",
    fund.DateInFuture: "paid_on",
    ledger.YearIsClosed: "paid_on",
    service.NothingToBill: "",
    invoicing.MoveNotAllowed: "",
    invoicing.NotToBeReminded: "",
    service.NobodyToRemind: "",
    payee.PayeeMissing: "",
}


def paid_to() -> Payee:
    """Return the account that schools pay into, by the settings."""
    return fund_queries.payee(payee.of_settings(current_app.config))


def sender() -> str:
    """Return who sends the invoices: whoever is responsible for the network, or the network."""
    says = identity.facts()
    return says.body or says.name


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


def load_payment(public_id: str, payment_id: str) -> InvoicePayment | None:
    """Return the payment of an invoice that an address names."""
    found = queries.payment_by_public_id(payment_id)
    return found if found is not None and found.invoice.public_id == public_id else None


def scope_of_payment(payment: InvoicePayment) -> Scope:
    """Return what a payment belongs to: the school that owes."""
    return scope_of(payment.invoice)
