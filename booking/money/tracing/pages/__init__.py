"""What the pages show: the way of some money, and what a search found."""

from booking.money.tracing.pages.finding import NamedRow, listed, named
from booking.money.tracing.pages.way import (
    FundShare,
    WayStep,
    heading,
    invoice_whereabouts,
    own_terms,
    shares,
    shares_of_invoice,
    steps,
    whereabouts,
)

__all__ = [
    "FundShare",
    "NamedRow",
    "WayStep",
    "heading",
    "invoice_whereabouts",
    "listed",
    "named",
    "own_terms",
    "shares",
    "shares_of_invoice",
    "steps",
    "whereabouts",
]
