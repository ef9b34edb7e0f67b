"""Give an invoice its number and everything else that all invoices have, and tell the school."""

from datetime import date, datetime, time
from typing import Any

from booking.domain import invoicing, ledger, terms
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.clock import LONDON
from booking.foundation.db import db
from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.render import absolute_url
from booking.foundation.web import addresses
from booking.money.fund import service as fund
from booking.money.invoices import queries, words
from booking.money.invoices.models import Invoice
from booking.people.schools import queries as school_queries


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
    _tell(invoice, now=now)


def _tell(invoice: Invoice, *, now: datetime) -> None:
    for person in school_queries.coordinators(invoice.school_id):
        notifications.queue(
            key=f"invoice_raised:{invoice.id}:{person.id}",
            to=person.email,
            template="invoice_raised",
            now=now,
            reply_to=school_queries.treasurer(),
            keep_until=datetime.combine(invoice.due_on, time.max, tzinfo=LONDON),
            name=person.name,
            number=words.number_of(invoice),
            what=words.subject_of(invoice),
            amount_pence=invoice.amount_pence,
            due_on=invoice.due_on,
            reference=words.reference_of(invoice),
            action_url=absolute_url(addresses.INVOICE(public_id=invoice.public_id)),
            action_label="See the invoice",
        )
