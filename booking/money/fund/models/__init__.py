"""Tables of the ledger, its funds and rules, and of what waits for a second person."""

from booking.money.fund.models.ledger import (
    ClosedYear,
    DayTotal,
    Decision,
    Entry,
    EntryLine,
    EntrySize,
    EventTotal,
    FundRow,
    FundSlug,
    LedgerRules,
    LedgerSeal,
    Publicity,
    RuleChange,
)
from booking.money.fund.models.spending import SpendingProposal

__all__ = [
    "ClosedYear",
    "DayTotal",
    "Decision",
    "Entry",
    "EntryLine",
    "EntrySize",
    "EventTotal",
    "FundRow",
    "FundSlug",
    "LedgerRules",
    "LedgerSeal",
    "Publicity",
    "RuleChange",
    "SpendingProposal",
]
