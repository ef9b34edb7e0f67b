"""The parent's pages, the school's money page, and paper slips."""

from booking.money.checkout.routes import (
    agreeing,
    answering,
    asking,
    choosing,
    families,
    letters,
    lost,
    money,
    paper,
    parent,
    paying,
    payments,
    refunds,
    replying,
    returning,
    shelf,
    slips,
    together,
    workshops,
)
from booking.money.checkout.routes.blueprints import checkout
from booking.money.checkout.routes.blueprints import parent as parent_pages

__all__ = [
    "agreeing",
    "answering",
    "asking",
    "checkout",
    "choosing",
    "families",
    "letters",
    "lost",
    "money",
    "paper",
    "parent",
    "parent_pages",
    "paying",
    "payments",
    "refunds",
    "replying",
    "returning",
    "shelf",
    "slips",
    "together",
    "workshops",
]
