"""Whether invoices and the ledger, net of reversals, agree: the doctor asks, and only reads."""

from collections.abc import Iterator, Sequence

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from booking.domain import money, payee
from booking.domain.invoicing import InvoiceState
from booking.foundation.chores import Check
from booking.foundation.db import db
from booking.money.fund import queries as fund_queries
from booking.money.invoices import queries, service, words
from booking.money.invoices.models import Invoice

PROMISE = "Every invoice, and every payment of one, is in the ledger as its page says"
PAYABLE = "Every invoice says where it is to be paid"
#: How many invoices are compared at once.
BATCH = 500


def checks() -> Sequence[Check]:
    """Return what the doctor asks."""
    return (Check(PROMISE, problems), Check(PAYABLE, not_payable))


def not_payable() -> Iterator[str]:
    """Yield each setting without which no invoice can be sent, for a network that sends any."""
    missing = fund_queries.payee(payee.of_settings(current_app.config)).missing
    if missing and queries.are_used():
        yield from (f"{setting} is not set: see docs/OPERATIONS.md" for setting in missing)


def problems() -> Iterator[str]:
    """Yield each invoice or payment that says something else than its entries net of reversals."""
    after_id = 0
    while found := _batch(after_id):
        after_id = found[-1].id
        keys = [key for invoice in found for key in _keys(invoice)]
        standing = fund_queries.standing_pence(keys)
        for invoice in found:
            yield from _of(invoice, standing)


def _batch(after_id: int) -> Sequence[Invoice]:
    statement = select(Invoice).where(Invoice.id > after_id).order_by(Invoice.id).limit(BATCH)
    loaded = statement.options(selectinload(Invoice.payments))
    return db.session.scalars(loaded.execution_options(populate_existing=True)).all()


def _keys(invoice: Invoice) -> list[str]:
    return [service.key_of(invoice), *map(service.payment_key, invoice.payments)]


def _of(invoice: Invoice, standing: dict[str, int]) -> Iterator[str]:
    number = f"invoice {words.number_of(invoice)}"
    amount = invoice.amount_pence
    asked = 0 if invoice.state is InvoiceState.CANCELLED else amount
    in_ledger = standing.get(service.key_of(invoice), 0)
    if in_ledger != asked:
        yield (
            f"{number} asks for {money.pounds(asked)}, and the ledger has "
            f"{money.pounds(in_ledger)}: cancel it on its page, and bill again"
        )
    for payment in invoice.payments:
        paid = 0 if payment.undone_at is not None else payment.pence
        booked = standing.get(service.payment_key(payment), 0)
        if booked != paid:
            yield (
                f"{number} was paid {money.pounds(paid)} on {payment.paid_on.isoformat()}, and the "
                f"ledger has {money.pounds(booked)}: undo the payment on its page"
            )
    paid = sum(row.pence for row in invoice.payments if row.undone_at is None)
    is_paid = invoice.state is InvoiceState.PAID
    if paid != invoice.paid_pence or is_paid != (paid == amount and asked != 0):
        yield f"{number} says {invoice.state.value} and {money.pounds(invoice.paid_pence)} paid"
