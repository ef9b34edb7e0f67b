"""Ask a school for what it should have paid."""

from datetime import datetime, timedelta

from booking.domain import invoicing, payee
from booking.domain.payee import Payee
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.clock import LONDON
from booking.money.invoices import locks, words
from booking.money.invoices.models import Invoice
from booking.money.invoices.service import telling


class NobodyToRemind(ValueError):
    """The school has no coordinator to write to."""

    def __init__(self) -> None:
        super().__init__(
            "This school has no coordinator, so nobody can be written to. Ring its office, or ask "
            "the network lead to invite somebody."
        )


def remind(*, actor: Actor, now: datetime, invoice: Invoice, to: Payee) -> Invoice:
    """Write to a school's coordinators about an invoice that is late.

    The mail leads to the page that says how to pay `to` the network's account. Raises
    invoicing.NotToBeReminded, NobodyToRemind, and payee.PayeeMissing.
    """
    payee.check(to)
    invoice = locks.invoice(invoice.id)
    today = now.astimezone(LONDON).date()
    reminded = invoice.reminded_at
    invoicing.check_reminder(
        invoice.state,
        due_on=invoice.due_on,
        reminded_on=reminded.astimezone(LONDON).date() if reminded else None,
        today=today,
    )
    told = telling.tell(
        invoice,
        template="invoice_reminder",
        key=f"invoice_reminder:{invoice.id}:{today}",
        now=now,
        keep_until=now + timedelta(days=invoicing.DAYS_BETWEEN_REMINDERS),
        left_pence=invoice.amount_pence - invoice.paid_pence,
        paid_pence=invoice.paid_pence,
    )
    if not told:
        raise NobodyToRemind
    invoice.reminded_at = now
    audit.record(
        actor=actor,
        action="remind_of_invoice",
        subject=invoice,
        school_id=invoice.school_id,
        now=now,
        number=words.number_of(invoice),
    )
    return invoice
