"""What an invoice is called: its number, its reference, and what it is for."""

from typing import Any

from booking.domain import english, invoicing
from booking.domain.ledger import EntryKind
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


def keys_invoice(key: str) -> str:
    """Return the part of an entry's key that names its invoice or payment, of a reversal too."""
    return ":".join(key.removeprefix("reversal:").split(":")[:2])


def is_billing(key: str) -> bool:
    """Return whether an entry is an invoice, or takes one back; not a payment."""
    return keys_invoice(key).startswith("invoice:")


def statement_label(key: str, invoice: Any) -> str:
    """Return what an entry is on a school's statement; "" if it is no invoice's."""
    undone = key.startswith("reversal:")
    of = keys_invoice(key)
    kind = of if of.startswith("hand:") else of.partition(":")[0]
    if kind == "school-credit":
        return "Undone: paid too much" if undone else "Paid too much"
    if kind in {"school-credit-back", f"hand:{EntryKind.SCHOOL_CREDIT_BACK}"}:
        return "Undone: given back to the school" if undone else "Given back to the school"
    if invoice is None:
        return ""
    if kind == "invoice":
        ending = ", cancelled" if undone else ""
        return f"Invoice {invoice.number}: {invoice.title}{ending}"
    return f"Payment of invoice {invoice.number}" + (", undone" if undone else "")
