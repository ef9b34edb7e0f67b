"""An invoice on paper."""

from typing import Any

from booking.days.events import labels as event_labels
from booking.days.events import words as event_words
from booking.domain import money, terms
from booking.foundation.web import lettering, paper
from booking.money.invoices import service
from booking.money.invoices.models import Invoice


def as_pdf(invoice: Invoice, *, network: str, address: str) -> bytes:
    """Return an invoice as a PDF file, A4, with its address on the site."""
    return paper.as_pdf("invoice", _shown(invoice, network, address), made_at=invoice.raised_at)


def in_latin(invoice: Invoice, *, network: str) -> tuple[str, ...]:
    """Return the texts that the PDF would have in Latin letters only."""
    return lettering.in_latin(_shown(invoice, network, ""))


def _shown(invoice: Invoice, network: str, address: str) -> dict[str, Any]:
    event, amount = invoice.event, service.amount_of(invoice)
    return {
        "number": service.number_of(invoice),
        "network": network,
        "address": address,
        "school": invoice.school.name,
        "school_address": invoice.school.address,
        "raised": terms.day_text(invoice.raised_on),
        "due": terms.day_text(invoice.due_on),
        "state": invoice.state.value,
        "event": event.title,
        "dates": event_words.dates(event),
        "pupils": invoice.pupils,
        "each": money.pounds(invoice.each_pence),
        "amount": money.pounds(amount),
        "parts_label": event_labels.of("fee_parts"),
        "parts": [
            [part.label, money.pounds(part.pence * invoice.pupils)] for part in event.fee_parts
        ],
        "paid": money.pounds(invoice.paid_pence) if invoice.paid_pence else "",
        "left": money.pounds(amount - invoice.paid_pence),
    }
