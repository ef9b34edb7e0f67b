"""What each school was invoiced, has paid and owes, from its account in the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from booking.domain.ledger import accounts
from booking.domain.ledger.periods import Period
from booking.foundation.db import db
from booking.money.fund.models import Entry, EntryLine
from booking.money.invoices import words
from booking.money.invoices.models import Invoice, InvoicePayment
from booking.people.schools.models import School


@dataclass(frozen=True)
class SchoolEntry:
    """An entry as it changes what a school owes: plus is owed, minus is paid."""

    key: str
    description: str
    on: date
    pence: int


def school_entries(school: School, period: Period) -> tuple[int, list[SchoolEntry]]:
    """Return what a school owed when a period began, and what changed it since, oldest first."""
    total = func.sum(EntryLine.pence)
    of_school = (
        select(Entry.key, Entry.description, Entry.entered_on, total)
        .join(EntryLine, EntryLine.entry_id == Entry.id)
        .where(EntryLine.account == accounts.due_from_school(school.slug))
        .group_by(Entry.id)
        .having(total != 0)
        .order_by(Entry.entered_on, Entry.id)
    )
    rows = db.session.execute(of_school.where(Entry.entered_on <= period.last_on)).all()
    found = [SchoolEntry(key, words, on, int(pence)) for key, words, on, pence in rows]
    opening = sum(each.pence for each in found if each.on < period.first_on)
    return opening, [each for each in found if each.on >= period.first_on]


@dataclass(frozen=True)
class NamedInvoice:
    """An invoice by number and what it is for, and its page."""

    public_id: str
    number: str
    title: str


def invoices_of(keys: Sequence[str]) -> dict[str, NamedInvoice]:
    """Return the invoices that made these entries, or that they paid, by "kind:public id"."""
    wanted = {words.keys_invoice(key) for key in keys}
    billed = {each.removeprefix("invoice:") for each in wanted if each.startswith("invoice:")}
    paid = {each.removeprefix("invoice-paid:") for each in wanted if each.startswith("invoice-p")}
    found = {}
    statement = select(Invoice).options(joinedload(Invoice.event))
    for invoice in db.session.scalars(statement.where(Invoice.public_id.in_(billed))):
        found[f"invoice:{invoice.public_id}"] = _named(invoice)
    payments = (
        select(InvoicePayment)
        .where(InvoicePayment.public_id.in_(paid))
        .options(joinedload(InvoicePayment.invoice).joinedload(Invoice.event))
    )
    for payment in db.session.scalars(payments):
        found[f"invoice-paid:{payment.public_id}"] = _named(payment.invoice)
    return found


def _named(invoice: Invoice) -> NamedInvoice:
    return NamedInvoice(invoice.public_id, words.number_of(invoice), words.title_of(invoice))


def balances() -> list[tuple[School, int]]:
    """Return the schools that owe, or have paid too much, with what the ledger says; by name."""
    total = func.sum(EntryLine.pence)
    rows = db.session.execute(
        select(EntryLine.account, total)
        .where(EntryLine.account.startswith(accounts.due_from_school("a")[:-1]))
        .group_by(EntryLine.account)
        .having(total != 0)
    )
    held = {account: int(pence) for account, pence in rows}
    slugs = {accounts.school_of(account): account for account in held}
    schools = db.session.scalars(
        select(School).where(School.slug.in_(slugs)).order_by(School.name, School.id)
    )
    return [(school, held[slugs[school.slug]]) for school in schools]
