"""Link to the page about families' bank transfers."""

from collections.abc import Sequence

from booking.money.fund.ports import FundPage


def fund_pages() -> Sequence[FundPage]:
    """Return the fund's link to families' transfers."""
    return (FundPage("transfers", "Transfers", "transfers.home"),)
