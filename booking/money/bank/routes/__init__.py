"""The pages of the bank: statements, matching, and what is left between bank and ledger."""

from booking.money.bank.routes import importing, matching, statements
from booking.money.bank.routes.blueprint import bank

__all__ = ["bank", "importing", "matching", "statements"]
