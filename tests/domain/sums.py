"""Sums that tests work out for themselves, to compare with the domain's."""

from collections.abc import Iterable
from datetime import date, timedelta

from booking.domain import ledger, terms
from booking.domain.ledger import Fund


def account_by_fund(lines: Iterable[ledger.DraftLine], account: str) -> dict[Fund, int]:
    """Add up what one account holds (pence) in each fund."""
    held = dict.fromkeys(Fund, 0)
    for line in lines:
        if line.account == account:
            held[line.fund] += line.pence
    return held


def school_days_between(calendar: terms.SchoolCalendar, first_on: date, last_on: date) -> int:
    """Count the school days from one day to another, both included."""
    days = (last_on - first_on).days + 1
    return sum(terms.is_school_day(calendar, first_on + timedelta(days=n)) for n in range(days))
