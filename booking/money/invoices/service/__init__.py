"""What may be done with invoices: raise them, write them by hand, record payments, undo."""

from booking.money.invoices.service.arriving import NothingArrived, give_back, record_arrived
from booking.money.invoices.service.by_hand import SCHOOLS_AT_ONCE, InvoiceNotWhole, unsent, write
from booking.money.invoices.service.by_hand import check as check_written
from booking.money.invoices.service.raising import (
    NothingToBill,
    key_of,
    payment_key,
    raise_invoices,
    record_payment,
)
from booking.money.invoices.service.reminding import NobodyToRemind, remind
from booking.money.invoices.service.undoing import cancel, source_of, undo_payment

__all__ = [
    "SCHOOLS_AT_ONCE",
    "InvoiceNotWhole",
    "NobodyToRemind",
    "NothingArrived",
    "NothingToBill",
    "cancel",
    "check_written",
    "give_back",
    "key_of",
    "payment_key",
    "raise_invoices",
    "record_arrived",
    "record_payment",
    "remind",
    "source_of",
    "undo_payment",
    "unsent",
    "write",
]
