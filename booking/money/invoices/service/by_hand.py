"""Write an invoice by hand: to one school, or the same to every school of the network."""

from collections.abc import Sequence
from datetime import datetime

from booking.domain import ledger, payee, terms
from booking.domain.payee import Payee
from booking.domain.permissions import Actor
from booking.foundation.clock import LONDON
from booking.money.fund import locks as fund_locks
from booking.money.invoices import queries
from booking.money.invoices.details import WrittenInvoice
from booking.money.invoices.models import Invoice, InvoiceLine
from booking.money.invoices.service import numbering, raising
from booking.people.schools.models import School

#: So many are sent at once; pressing again sends the next, and nobody gets a second one.
SCHOOLS_AT_ONCE = 200


class InvoiceNotWhole(ValueError):
    """It lacks a title or a line, or is due in the past; `field` says where."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


def check(written: WrittenInvoice, *, now: datetime) -> None:
    """Raise InvoiceNotWhole unless the invoice says what it is for, how much, and until when."""
    if not written.title.strip():
        raise InvoiceNotWhole("Say what the invoice is for.", "title")
    if not written.lines or any(pence <= 0 for _, pence in written.lines):
        raise InvoiceNotWhole("Enter at least one line, with an amount above zero.", "lines")
    if written.due_on < now.astimezone(LONDON).date():
        raise InvoiceNotWhole("This day is over. Give the schools time to pay.", "due_on")


def unsent(written: WrittenInvoice, schools: Sequence[School], *, now: datetime) -> list[School]:
    """Return the schools that have no such invoice this school year yet; it is known by its title.

    One that was cancelled does not count.
    """
    year = terms.school_year(now.astimezone(LONDON).date())
    have = queries.written_to(year, written.title)
    return [school for school in schools if school.id not in have]


def write(
    *, actor: Actor, now: datetime, written: WrittenInvoice, schools: Sequence[School], to: Payee
) -> list[Invoice]:
    """Send the same invoice to each of these schools that has none with this title this year.

    They are paid `to` the network's account. From then on the debt is in the ledger. Raises
    InvoiceNotWhole, NothingToBill if all have it, payee.PayeeMissing, and fund.FundClosed.
    """
    payee.check(to)
    check(written, now=now)
    fund_locks.funds()  # numbers have no gaps, and two people may not send the same at once
    missing = unsent(written, schools, now=now)
    if not missing:
        raise raising.NothingToBill(
            f"Every school that you chose has an invoice “{written.title}” of this school year. "
            "Cancel that one first, or give this one another title."
        )
    first = numbering.next_number(now.astimezone(LONDON).date())
    return [
        _sent(school, nth, written, actor=actor, now=now)
        for nth, school in enumerate(missing[:SCHOOLS_AT_ONCE], start=first)
    ]


def _sent(
    school: School, nth: int, written: WrittenInvoice, *, actor: Actor, now: datetime
) -> Invoice:
    lines = [InvoiceLine(words=words, pence=pence) for words, pence in written.lines]
    invoice = numbering.made(
        nth=nth,
        now=now,
        due_on=written.due_on,
        school=school,
        title=written.title,
        lines=lines,
        amount_pence=written.amount_pence,
    )
    draft = ledger.school_invoice_by_hand(
        key=raising.key_of(invoice),
        lines=written.lines,
        income=written.income,
        fund=written.fund,
        school=school.slug,
    )
    numbering.post(invoice, draft, actor=actor, now=now)
    return invoice
