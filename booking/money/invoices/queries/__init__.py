"""Reads of invoices: what has to be billed, what has been, what arrived, and what is due."""

from booking.money.invoices.queries.arriving import (
    ArrivedPayment,
    arrived,
    credit_of,
    credit_pence,
)
from booking.money.invoices.queries.billed import (
    Billed,
    are_used,
    by_public_id,
    count_to_bill,
    due_by_fund,
    events_to_bill,
    last_number,
    listed,
    overdue_count,
    owed_pence,
    payment_by_public_id,
    to_bill,
    written_to,
)
from booking.money.invoices.queries.statements import (
    NamedInvoice,
    SchoolEntry,
    balances,
    invoices_of,
    school_entries,
)

__all__ = [
    "ArrivedPayment",
    "Billed",
    "NamedInvoice",
    "SchoolEntry",
    "are_used",
    "arrived",
    "balances",
    "by_public_id",
    "count_to_bill",
    "credit_of",
    "credit_pence",
    "due_by_fund",
    "events_to_bill",
    "invoices_of",
    "last_number",
    "listed",
    "overdue_count",
    "owed_pence",
    "payment_by_public_id",
    "school_entries",
    "to_bill",
    "written_to",
]
