"""The pages about bids: for applicants, for those who decide and pay, and what was spent."""

from booking.money.bids.routes import applicants, deciding, network, receipts
from booking.money.bids.routes.blueprint import bids

__all__ = ["applicants", "bids", "deciding", "network", "receipts"]
