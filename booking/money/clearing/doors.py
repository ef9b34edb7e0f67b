"""The way to card money."""

from collections.abc import Sequence

from booking.money.fund.ports import FundPage


def fund_pages() -> Sequence[FundPage]:
    """Lead from the fund to payouts and what they hold."""
    return (FundPage("cards", "Card money", "clearing.payouts"),)
