"""The pages of bids: of applicants, of those who decide and pay, and what came of it."""

from booking.money.bids.routes import applicants, deciding, network, receipts
from booking.money.bids.routes.blueprint import bids

__all__ = ["applicants", "bids", "deciding", "network", "receipts"]
