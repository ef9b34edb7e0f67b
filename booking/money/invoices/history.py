"""How acts about invoices to schools are told in a history."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from booking.foundation.audit.details import ActWords, Related, act
from booking.money.invoices.models import Invoice

_INVOICES = "Invoices"


def acts() -> Mapping[str, ActWords]:
    """Return how the acts about invoices are told."""
    return {name: act(_INVOICES, words) for name, words in _SENTENCES.items()}


_SENTENCES = {
    "raise_invoice": "raised invoice {number} of {amount_pence}{school.more}",
    "record_invoice_payment": "recorded {paid_pence} paid on invoice {number}{school.more}",
    "undo_invoice_payment": "took back {pence} recorded as paid on invoice {number}{school.more}",
    "give_back_to_school": "gave back {pence} paid beyond what was owed{school.more}",
    "remind_of_invoice": "reminded the school of invoice {number}{school.more}",
    "cancel_invoice": "cancelled invoice {number}{school.more}",
}


def related(table: str, row_id: int) -> Sequence[Related] | None:
    """Add an event's invoices to its history."""
    if table != "events":
        return None
    return (Related("invoices", select(Invoice.id).where(Invoice.event_id == row_id)),)
