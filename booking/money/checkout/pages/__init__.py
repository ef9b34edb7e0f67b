"""What the parent's and the school's pages about a fee show, ready for the templates."""

from booking.money.checkout.pages.money import BookingPage, MoneyPage, booking_page, money_page
from booking.money.checkout.pages.parent import (
    FirstPage,
    PaidFor,
    Visit,
    file_owner,
    paid_for,
    visit,
)
from booking.money.checkout.pages.told import told

__all__ = [
    "BookingPage",
    "FirstPage",
    "MoneyPage",
    "PaidFor",
    "Visit",
    "booking_page",
    "file_owner",
    "money_page",
    "paid_for",
    "told",
    "visit",
]
