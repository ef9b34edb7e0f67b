"""The ways to invoices: for a school, and for the treasurer."""

from collections.abc import Sequence

from booking.foundation.web.navigation import Door
from booking.money.fund.ports import FundPage


def of_school() -> Sequence[Door]:
    """Lead a coordinator to the school’s invoices."""
    hint = "what your school owes and has paid for events that schools pay for"
    return (Door("Invoices", "invoices.of_school", hint),)


def fund_pages() -> Sequence[FundPage]:
    """Lead from the fund to all invoices."""
    return (FundPage("invoices", "Invoices", "invoices.home"),)
