"""Reads for finding and following money: where an entry comes from, and what a payment became."""

from booking.money.tracing.queries.finding import Finding, Movements, found, movements
from booking.money.tracing.queries.homes import homes
from booking.money.tracing.queries.trails import (
    Trail,
    of_invoice_payment,
    of_payment,
    of_slip,
    payments_of_slip,
    slip,
)

__all__ = [
    "Finding",
    "Movements",
    "Trail",
    "found",
    "homes",
    "movements",
    "of_invoice_payment",
    "of_payment",
    "of_slip",
    "payments_of_slip",
    "slip",
]
