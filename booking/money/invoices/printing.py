"""An invoice on paper, with a slip at its foot that goes with the payment."""

from dataclasses import dataclass
from typing import Any

from booking.days.events import labels as event_labels
from booking.days.events import words as event_words
from booking.domain import money, terms
from booking.domain.payee import Payee
from booking.foundation.web import lettering, paper
from booking.money.invoices import words
from booking.money.invoices.models import Invoice
from booking.people.schools.models import School


@dataclass(frozen=True)
class Sender:
    """Who sends the invoice, into which account it is paid, and where else it is found."""

    name: str
    payee: Payee
    #: Where people write to the network, if nobody is named for invoices.
    contact: str
    #: The invoice's address on the site.
    address: str


def as_pdf(invoice: Invoice, sender: Sender) -> bytes:
    """Return an invoice as a PDF file, A4."""
    return paper.as_pdf("invoice", _shown(invoice, sender), made_at=invoice.raised_at)


def in_latin(invoice: Invoice, sender: Sender) -> tuple[str, ...]:
    """Return the texts that the PDF would have in Latin letters only."""
    return lettering.in_latin(_shown(invoice, sender))


def address_lines(school: School) -> list[str]:
    """Return a school's address in full, line by line, nothing twice."""
    lines = [part.strip() for part in school.address.split(",") if part.strip()]
    for part in (school.town, school.postcode):
        if part and part.casefold() not in {line.casefold() for line in lines}:
            lines.append(part)
    return lines


def _shown(invoice: Invoice, sender: Sender) -> dict[str, Any]:
    left = invoice.amount_pence - invoice.paid_pence
    return {
        "number": words.number_of(invoice),
        "reference": words.reference_of(invoice),
        "sender": sender.name,
        "sender_address": list(sender.payee.address),
        "contact": sender.payee.contact or sender.contact,
        "address": sender.address,
        "school": invoice.school.name,
        "school_address": address_lines(invoice.school),
        "raised": terms.day_text(invoice.raised_on),
        "due": terms.day_text(invoice.due_on),
        "state": invoice.state.value,
        "account": _account(sender.payee),
        "amount": money.pounds(invoice.amount_pence),
        "paid": money.pounds(invoice.paid_pence) if invoice.paid_pence else "",
        "left": money.pounds(left),
        "is_open": invoice.state.value == "raised",
        **_what_for(invoice),
    }


def _account(payee: Payee) -> list[list[str]]:
    """Return the account as pairs of a label and digits; nothing until one can be paid into."""
    if payee.missing:
        return []
    together = payee.iban.replace(" ", "\N{NO-BREAK SPACE}")
    pairs = (
        ("Account name", payee.name),
        ("Sort code", payee.sort_code),
        ("Account number", payee.account_number),
        ("IBAN", together),
    )
    return [[label, value] for label, value in pairs if value]


def _what_for(invoice: Invoice) -> dict[str, Any]:
    """Return the lines: of an event its places, by the breakdown of its fee."""
    event = invoice.event
    if event is None or invoice.pupils is None or invoice.each_pence is None:
        lines = [[line.words, money.pounds(line.pence)] for line in invoice.lines]
        return {"title": invoice.title, "dates": [], "lines": lines, "places": None}
    parts = [
        f"{money.pounds(part.pence * invoice.pupils)} {part.label}" for part in event.fee_parts
    ]
    return {
        "title": event.title,
        "dates": event_words.dates(event),
        "lines": [],
        "places": {"pupils": invoice.pupils, "each": money.pounds(invoice.each_pence)},
        "parts": f"{event_labels.of('fee_parts')}: {', '.join(parts)}." if parts else "",
    }
