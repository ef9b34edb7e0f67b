"""The bank pages: statements, matching, and what is outstanding between bank and ledger."""

from booking.money.bank.routes import importing, matching, statements
from booking.money.bank.routes.blueprint import bank

__all__ = ["bank", "importing", "matching", "statements"]
