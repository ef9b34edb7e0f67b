"""The pages about invoices: the treasurer bills and records, schools see what they owe."""

from booking.money.invoices.routes import by_hand, lists, one, statement, undoing
from booking.money.invoices.routes.blueprint import invoices

__all__ = ["by_hand", "invoices", "lists", "one", "statement", "undoing"]
