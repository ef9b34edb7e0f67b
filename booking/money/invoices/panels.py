"""What invoices add to the page on which bank lines are matched: payments that have arrived."""

from flask import url_for

from booking.money.fund.ports import Arrivals
from booking.money.invoices import pages


def arrivals() -> Arrivals:
    """Return the payments that name invoices, and where a form records them."""
    return Arrivals(url_for("invoices.record_arrived"), pages.arrivals(), "Payments of invoices")
