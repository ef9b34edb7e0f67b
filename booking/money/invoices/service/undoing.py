"""Undo what was wrong: a payment that was recorded by mistake, or a whole invoice."""

from datetime import datetime
from functools import partial

from booking.domain import invoicing, money
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.foundation.notifications.render import absolute_url
from booking.foundation.web import addresses
from booking.money.fund import queries as fund_queries
from booking.money.fund import service as fund
from booking.money.fund.models import Decision, Entry
from booking.money.fund.ports import EntrySource, UndoesSource
from booking.money.invoices import locks, queries, words
from booking.money.invoices.models import Invoice, InvoicePayment
from booking.money.invoices.service import raising
from booking.people.schools import queries as school_queries


def undo_payment(
    *, actor: Actor, now: datetime, payment: InvoicePayment, reason: str, decided: bool = False
) -> Entry | Decision:
    """Take back a payment that was recorded by mistake; its entry in the ledger is reversed.

    Above the network's limit a second person is asked, and nothing changes until they agree.
    Raises fund.AlreadyUndone, and what `fund.undo_or_ask` raises.
    """
    invoice = locks.invoice(payment.invoice_id)
    db.session.refresh(payment)  # it was read before the lock was held
    if payment.undone_at is not None:
        raise fund.AlreadyUndone("This payment has already been undone.")
    entry = fund_queries.entry_of(raising.payment_key(payment))
    made = fund.undo_or_ask(actor=actor, now=now, entry=entry, reason=reason, decided=decided)
    if isinstance(made, Decision):
        return made
    invoice.paid_pence, invoice.state = invoicing.without_payment(
        invoice.state, paid_pence=invoice.paid_pence, pence=payment.pence
    )
    payment.undone_at, payment.undo_reason = now, reason.strip()
    audit.record(
        actor=actor,
        action="undo_invoice_payment",
        subject=invoice,
        school_id=invoice.school_id,
        now=now,
        reason=payment.undo_reason,
        number=words.number_of(invoice),
        pence=payment.pence,
    )
    left = money.pounds(invoice.amount_pence - invoice.paid_pence)
    _tell(
        invoice,
        key=raising.payment_key(payment),
        what=f"The payment of {money.pounds(payment.pence)} for invoice {words.number_of(invoice)}",
        reason=payment.undo_reason,
        then=f"{left} is still to be paid.",
        now=now,
    )
    return made


def cancel(
    *, actor: Actor, now: datetime, invoice: Invoice, reason: str, decided: bool = False
) -> Entry | Decision:
    """Cancel an invoice for which nothing came; its entry in the ledger is reversed.

    Above the network's limit a second person is asked, and the invoice stands until they agree.
    Raises fund.NotUndoable once money has come, fund.AlreadyUndone, and what `fund.undo_or_ask`
    raises.
    """
    invoice = locks.invoice(invoice.id)
    if invoice.state is invoicing.InvoiceState.CANCELLED:
        raise fund.AlreadyUndone("This invoice has been cancelled already.")
    if invoice.paid_pence:
        raise fund.NotUndoable(
            "This invoice has been paid in full or in part, so it cannot be cancelled. If nothing "
            "came, undo its payments first."
        )
    to = invoicing.cancel(invoice.state, paid_pence=invoice.paid_pence)
    entry = fund_queries.entry_of(raising.key_of(invoice))
    made = fund.undo_or_ask(actor=actor, now=now, entry=entry, reason=reason, decided=decided)
    if isinstance(made, Decision):
        return made
    invoice.state, invoice.reason = to, reason.strip()
    audit.record(
        actor=actor,
        action="cancel_invoice",
        subject=invoice,
        school_id=invoice.school_id,
        now=now,
        reason=invoice.reason,
        number=words.number_of(invoice),
    )
    _tell(
        invoice,
        key=raising.key_of(invoice),
        what=f"Invoice {words.number_of(invoice)}",
        reason=invoice.reason,
        then="There is nothing to pay for it.",
        now=now,
    )
    return made


def _tell(invoice: Invoice, *, key: str, what: str, reason: str, then: str, now: datetime) -> None:
    fund.tell_undone(
        school_queries.coordinators(invoice.school_id),
        key=key,
        what=what,
        reason=reason,
        then=then,
        action_url=absolute_url(addresses.INVOICE(public_id=invoice.public_id)),
        action_label="Open the invoice",
        now=now,
    )


def source_of(key: str, /) -> EntrySource | None:
    """Return the invoice that made an entry, or was paid by it."""
    kind, _, public_id = key.partition(":")
    if kind == "invoice" and (invoice := queries.by_public_id(public_id)) is not None:
        undo = partial(cancel, invoice=invoice, decided=True)
        return _source(invoice, "To undo it, cancel the invoice there.", undo)
    if kind == "invoice-paid" and (found := queries.payment_by_public_id(public_id)) is not None:
        undo = partial(undo_payment, payment=found, decided=True)
        return _source(found.invoice, "To undo it, undo the payment there.", undo)
    return None


def _source(invoice: Invoice, how: str, undo: UndoesSource) -> EntrySource:
    return EntrySource(
        made_by=f"invoice {words.number_of(invoice)}",
        how=how,
        url=addresses.INVOICE(public_id=invoice.public_id),
        label="Open the invoice",
        undo=undo,
    )
