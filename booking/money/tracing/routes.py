"""HTTP of finding and following money, for those who may see the fund."""

from flask import Blueprint, render_template, request, url_for

from booking.domain import money, searching
from booking.domain.permissions import Action, Scope
from booking.foundation import clock
from booking.foundation.web import addresses
from booking.foundation.web.access import requires
from booking.foundation.web.paging import asked_page, page_of
from booking.money.checkout import queries as checkout_queries
from booking.money.checkout.models import PayIn
from booking.money.fund import ports as fund_ports
from booking.money.invoices import queries as invoice_queries
from booking.money.invoices.models import InvoicePayment
from booking.money.payments import queries as payment_queries
from booking.money.payments.models import Payment
from booking.money.tracing import pages, queries

tracing = Blueprint("tracing", __name__)


def load_payment(public_id: str) -> Payment | InvoicePayment | None:
    """Return the payment at an address: a family's, or a school's for an invoice."""
    family = payment_queries.by_public_id(public_id)
    return family or invoice_queries.payment_by_public_id(public_id)


def load_slip(public_id: str) -> PayIn | None:
    """Return the paying-in slip at an address."""
    return queries.slip(public_id)


def network_wide(_subject: object) -> Scope:
    """Return the scope of the books: the whole network."""
    return Scope()


@tracing.get("/fund/find")
@requires(Action.SEE_FUND)
def find() -> str:
    """Find money by a reference, an amount, a name, a day or a month."""
    sought = searching.sought(request.args.get("q", ""), clock.today())
    found = queries.found(sought)
    moved = queries.movements(sought, found, number=asked_page())
    entries = [entry.key for entry in moved.entries.values()]
    payments = [payment.id for payment in found.payments]
    return render_template(
        "money/tracing/find.html",
        sought=sought,
        named=pages.named(found, checkout_queries.paid_for(payments)),
        rows=pages.listed(moved.in_order, fund_ports.homes(entries)),
        page=moved.page,
    )


@tracing.get("/fund/payments/<public_id>")
@requires(Action.SEE_FUND, load=load_payment, scope=network_wide, name="found")
def payment(found: Payment | InvoicePayment) -> str:
    """Show a payment's way to the bank, without the family's or the child's name."""
    if isinstance(found, InvoicePayment):
        return _of_school(found)
    trail = queries.of_payment(found)
    return render_template(
        "money/tracing/payment.html",
        title=pages.heading(found),
        where=pages.whereabouts(found, trail),
        paid_at=found.paid_at,
        places=checkout_queries.paid_for([found.id]).get(found.id, []),
        steps=pages.steps(trail, found.refunds),
        shares=pages.shares(trail.entries),
        disputes=found.disputes,
        disputes_url=addresses.FUND_DISPUTES(),
        references=pages.own_terms(found),
        history_url=addresses.PAYMENT_HISTORY(public_id=found.public_id),
    )


def _of_school(found: InvoicePayment) -> str:
    trail = queries.of_invoice_payment(found)
    return render_template(
        "money/tracing/payment.html",
        title=f"Payment of an invoice: {money.pounds(found.pence)}",
        where=pages.invoice_whereabouts(found, trail),
        paid_on=found.paid_on,
        invoice_url=url_for("invoices.show", public_id=found.invoice.public_id),
        steps=pages.steps(trail),
        shares=pages.shares_of_invoice(trail.entries),
        references=[("Our reference", found.public_id)],
    )


@tracing.get("/fund/slips/<public_id>")
@requires(Action.SEE_FUND, load=load_slip, scope=network_wide, name="found")
def slip(found: PayIn) -> str:
    """Show a paying-in slip: the payments on it, and the bank line."""
    page = page_of(queries.payments_of_slip(found), number=asked_page())
    return render_template(
        "money/tracing/slip.html",
        slip=found,
        page=page,
        paid_for=checkout_queries.paid_for([each.id for each in page.items]),
        steps=pages.steps(queries.of_slip(found)),
    )
