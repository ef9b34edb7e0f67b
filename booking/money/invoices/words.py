"""What an invoice is called: its number, its reference, and what it is for."""

from booking.domain import english, invoicing
from booking.money.invoices.models import Invoice


def number_of(invoice: Invoice) -> str:
    """Return the number on the invoice."""
    return invoicing.number(invoice.school_year, invoice.nth)


def reference_of(invoice: Invoice) -> str:
    """Return what the school quotes with its payment."""
    return invoicing.reference(invoice.school_year, invoice.nth)


def title_of(invoice: Invoice) -> str:
    """Return what an invoice is for: its event, or what the treasurer wrote."""
    return invoice.event.title if invoice.event is not None else invoice.title


def subject_of(invoice: Invoice) -> str:
    """Return the same within a sentence: "your pupils’ places at “Chess day”"."""
    title = f"“{title_of(invoice)}”"
    return f"your pupils’ places at {title}" if invoice.event is not None else title


def lines_of(invoice: Invoice) -> list[tuple[str, int]]:
    """Return the lines of an invoice: words and pence."""
    if invoice.event is None:
        return [(line.words, line.pence) for line in invoice.lines]
    pupils = english.plural(invoice.pupils or 0, "pupil")
    return [(f"{invoice.event.title}, {pupils}", invoice.amount_pence)]
