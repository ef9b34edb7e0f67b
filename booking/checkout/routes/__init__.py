"""The parent's pages, the school's money page and paper slips, and the bank's messages."""

from booking.checkout.routes import (
    answering,
    explaining,
    money,
    paper,
    parent,
    paying,
    refunds,
    returning,
    together,
    webhooks,
)
from booking.checkout.routes.blueprints import checkout
from booking.checkout.routes.blueprints import parent as parent_pages

__all__ = [
    "answering", "checkout", "explaining", "money", "paper", "parent", "parent_pages", "paying",
    "refunds", "returning", "together", "webhooks",
]  # fmt: skip
