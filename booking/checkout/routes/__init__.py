"""The parent's pages, the school's money page and paper slips, and the bank's messages."""

from booking.checkout.routes import (
    answering,
    banking,
    choosing,
    explaining,
    going_back,
    money,
    paper,
    parent,
    paying,
    payouts,
    refunds,
    returning,
    together,
    webhooks,
)
from booking.checkout.routes.blueprints import checkout
from booking.checkout.routes.blueprints import parent as parent_pages

__all__ = [
    "answering",
    "banking",
    "checkout",
    "choosing",
    "explaining",
    "going_back",
    "money",
    "paper",
    "parent",
    "parent_pages",
    "paying",
    "payouts",
    "refunds",
    "returning",
    "together",
    "webhooks",
]
