"""Links to the fund and its pages."""

from collections.abc import Sequence

from booking.domain.permissions import Action
from booking.foundation.web.navigation import Section
from booking.money.fund.ports import FundPage


def section() -> Section:
    """Return the fund's section, for those who may see it."""
    return Section("Fund", "fund.home", Action.SEE_FUND)


def books() -> Sequence[FundPage]:
    """Return the links to the first pages: what there is and what moved."""
    return (
        FundPage("home", "Overview", "fund.home"),
        FundPage("statements", "Statements", "fund.income_and_expenditure"),
        FundPage("entries", "Entries", "fund.entries"),
        FundPage("events", "Events", "fund.events"),
    )


def upkeep() -> Sequence[FundPage]:
    """Return the links to the last pages: what seldom changes."""
    return (
        FundPage("funds", "Funds", "fund.funds"),
        FundPage("years", "Years", "fund.years"),
    )
