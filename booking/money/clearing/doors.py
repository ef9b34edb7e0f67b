"""Link to the pages about card money."""

from collections.abc import Sequence

from booking.money.clearing import pages
from booking.money.fund.ports import FundPage


def fund_pages() -> Sequence[FundPage] | None:
    """Return the fund's link to payouts and what is in them, if there can be any."""
    if not pages.has_card_money():
        return None
    return (FundPage("cards", "Card money", "clearing.payouts"),)
