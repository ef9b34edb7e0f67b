"""Statements from the ledger: written once as a document, then shown, sent or printed."""

from booking.money.fund.statements.account import account_table
from booking.money.fund.statements.document import (
    Document,
    RowStyle,
    StatementRow,
    Table,
    cell_text,
)
from booking.money.fund.statements.holdings import holdings, since_the_beginning, stats
from booking.money.fund.statements.income import (
    income_and_expenditure,
    spending_by_purpose,
)
from booking.money.fund.statements.notes import promised, restricted
from booking.money.fund.statements.years import fund_years

__all__ = [
    "Document",
    "RowStyle",
    "StatementRow",
    "Table",
    "account_table",
    "cell_text",
    "fund_years",
    "holdings",
    "income_and_expenditure",
    "promised",
    "restricted",
    "since_the_beginning",
    "spending_by_purpose",
    "stats",
]
