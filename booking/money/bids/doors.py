"""The ways to CPD money: for those who bid, and for the treasurer."""

from collections.abc import Sequence

from booking.domain.permissions import Action
from booking.foundation.web.navigation import Section
from booking.money.fund.ports import FundPage


def section() -> Section:
    """Return the section of those who may bid."""
    return Section("CPD", "bids.home", Action.BID)


def fund_pages() -> Sequence[FundPage]:
    """Lead from the fund to all bids."""
    return (FundPage("bids", "Bids", "bids.all_bids"),)
