"""Links to invoices, for a school and for the treasurer."""

from collections.abc import Sequence

from booking.foundation.web.navigation import Door
from booking.money.fund.ports import FundPage


def of_school() -> Sequence[Door]:
    """Return the coordinator's link to the school’s invoices."""
    hint = "what your school owes and has paid for events that schools pay for"
    return (Door("Invoices", "invoices.of_school", hint),)


def fund_pages() -> Sequence[FundPage]:
    """Return the fund's link to all invoices."""
    return (FundPage("invoices", "Invoices", "invoices.home"),)
