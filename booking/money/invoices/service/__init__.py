"""What may be done with invoices: raise those of an event, record a payment, undo it, cancel."""

from booking.money.invoices.service.raising import (
    NothingToBill,
    amount_of,
    key_of,
    number_of,
    payment_key,
    raise_invoices,
    record_payment,
)
from booking.money.invoices.service.undoing import cancel, source_of, undo_payment

__all__ = [
    "NothingToBill",
    "amount_of",
    "cancel",
    "key_of",
    "number_of",
    "payment_key",
    "raise_invoices",
    "record_payment",
    "source_of",
    "undo_payment",
]
