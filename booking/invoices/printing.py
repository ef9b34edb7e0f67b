"""An invoice on paper, by Typst: it reads the invoice as JSON, so text is only ever text."""

import json
from typing import Any

import typst

from booking.domain import money, terms
from booking.fund.statements.printing import TEMPLATES, fonts
from booking.invoices import service
from booking.invoices.models import Invoice


def as_pdf(invoice: Invoice, *, network: str, address: str) -> bytes:
    """This function will return an invoice as a PDF file, A4, with where it is found again."""
    content = typst.compile(
        str(TEMPLATES / "invoice.typ"),
        root=str(TEMPLATES),
        font_paths=fonts(),
        sys_inputs={"invoice": json.dumps(shown(invoice, network, address))},
        timestamp=int(invoice.raised_at.timestamp()),
    )
    assert isinstance(content, bytes), "a PDF is one file"
    return content


def shown(invoice: Invoice, network: str, address: str) -> dict[str, Any]:
    """This function will return what stands on the paper."""
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
        "dates": [terms.span_text(date.starts_at, date.ends_at) for date in event.dates],
        "pupils": invoice.pupils,
        "each": money.pounds(invoice.each_pence),
        "amount": money.pounds(amount),
        "parts": [
            [part.label, money.pounds(part.pence * invoice.pupils)] for part in event.fee_parts
        ],
        "paid": money.pounds(invoice.paid_pence) if invoice.paid_pence else "",
        "left": money.pounds(amount - invoice.paid_pence),
    }
