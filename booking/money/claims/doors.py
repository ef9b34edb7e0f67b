"""Links to claims, for the treasurer."""

from collections.abc import Sequence

from booking.money.fund.ports import FundPage


def fund_pages() -> Sequence[FundPage]:
    """Return the fund's link to all claims."""
    return (FundPage("claims", "Claims", "claims.all_claims"),)
