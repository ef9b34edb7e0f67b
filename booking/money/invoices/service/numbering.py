"""Give an invoice its number and everything else that all invoices have, and tell the school."""

from datetime import date, datetime, time
from typing import Any

from booking.domain import invoicing, ledger, terms
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.clock import LONDON
from booking.foundation.db import db
from booking.money.fund import service as fund
from booking.money.invoices import queries, words
from booking.money.invoices.models import Invoice
from booking.money.invoices.service import telling


def next_number(today: date) -> int:
    """Return the next number of the school year, without a gap; the caller has locked the funds."""
    return queries.last_number(terms.school_year(today)) + 1


def made(*, nth: int, now: datetime, due_on: date | None = None, **facts: Any) -> Invoice:
    """Return a new invoice with its number, dated today."""
    today = now.astimezone(LONDON).date()
    invoice = Invoice(
        school_year=terms.school_year(today),
        nth=nth,
        raised_on=today,
        due_on=due_on or invoicing.due_on(today),
        raised_at=now,
        **facts,
    )
    db.session.add(invoice)
    db.session.flush()
    return invoice


def post(invoice: Invoice, draft: ledger.Draft, *, actor: Actor, now: datetime) -> None:
    """Put what the school owes in the ledger and in the trail, and write to its coordinators."""
    fund.post(actor=actor, now=now, draft=draft, event_id=invoice.event_id)
    audit.record(
        actor=actor,
        action="raise_invoice",
        subject=invoice,
        school_id=invoice.school_id,
        now=now,
        number=words.number_of(invoice),
        amount_pence=invoice.amount_pence,
        **({"pupils": invoice.pupils} if invoice.event else {"title": invoice.title}),
    )
    telling.tell(
        invoice,
        template="invoice_raised",
        key=f"invoice_raised:{invoice.id}",
        now=now,
        keep_until=datetime.combine(invoice.due_on, time.max, tzinfo=LONDON),
        amount_pence=invoice.amount_pence,
    )
