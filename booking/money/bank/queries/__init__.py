"""Reads of the bank's statements: lines, the entries they may be, and what is left."""

from booking.money.bank.queries.entries import (
    BankEntry,
    entries_by_keys,
    match_id_of,
    unmatched_entries,
    unmatched_page,
)
from booking.money.bank.queries.lines import (
    line_by_public_id,
    lines_matched_with,
    lines_of,
    match_by_public_id,
    newest_statement,
    statement_by_public_id,
    statements_page,
    unmatched_lines,
    unmatched_lines_page,
)
from booking.money.bank.queries.plans import ImportPlan, PlannedLine, plan
from booking.money.bank.queries.reconciliation import Outstanding, Reconciliation, reconciliation
from booking.money.bank.queries.suggestions import LINES_AT_ONCE, MatchProposal, proposals

__all__ = [
    "LINES_AT_ONCE",
    "BankEntry",
    "ImportPlan",
    "MatchProposal",
    "Outstanding",
    "PlannedLine",
    "Reconciliation",
    "entries_by_keys",
    "line_by_public_id",
    "lines_matched_with",
    "lines_of",
    "match_by_public_id",
    "match_id_of",
    "newest_statement",
    "plan",
    "proposals",
    "reconciliation",
    "statement_by_public_id",
    "statements_page",
    "unmatched_entries",
    "unmatched_lines",
    "unmatched_lines_page",
    "unmatched_page",
]
