"""Link to the pages about card money."""

from collections.abc import Sequence

from booking.money.fund.ports import FundPage


def fund_pages() -> Sequence[FundPage]:
    """Return the fund's link to payouts and what is in them."""
    return (FundPage("cards", "Card money", "clearing.payouts"),)
