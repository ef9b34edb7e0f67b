"""Links to CPD money, for those who bid and for the treasurer."""

from collections.abc import Sequence

from booking.domain.permissions import Action
from booking.foundation.web.navigation import Section
from booking.money.fund.ports import FundPage


def section() -> Section:
    """Return the section for those who may bid."""
    return Section("CPD", "bids.home", Action.BID)


def fund_pages() -> Sequence[FundPage]:
    """Return the fund's link to all bids."""
    return (FundPage("bids", "Bids", "bids.all_bids"),)
