"""Link to the network’s bank account."""

from collections.abc import Sequence

from booking.money.fund.ports import FundPage


def fund_pages() -> Sequence[FundPage]:
    """Return the fund's link to its bank account."""
    return (FundPage("bank", "Bank", "bank.home"),)
