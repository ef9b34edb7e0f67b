"""Statements from the ledger: written once as a document, then shown, sent or printed."""

from booking.money.fund.statements.account import account_table
from booking.money.fund.statements.document import (
    Document,
    RowStyle,
    StatementRow,
    Table,
    cell_text,
)
from booking.money.fund.statements.holdings import holdings, income, spending, stats, transfers
from booking.money.fund.statements.income import (
    income_and_expenditure,
    spending_by_purpose,
)
from booking.money.fund.statements.notes import promised, restricted

__all__ = [
    "Document",
    "RowStyle",
    "StatementRow",
    "Table",
    "account_table",
    "cell_text",
    "holdings",
    "income",
    "income_and_expenditure",
    "promised",
    "restricted",
    "spending",
    "spending_by_purpose",
    "stats",
    "transfers",
]
