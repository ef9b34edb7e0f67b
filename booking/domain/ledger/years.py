"""A school year of the books: what each fund began with, took in, spent and ended with.

Nothing is posted at the end of a year. Income and expenses are counted by their dates, and what
each fund holds is carried forward simply by staying there. That is how funds are reported under the
Charities SORP (FRS 102), modules 2 (fund accounting) and 4 (statement of financial activities):
brought forward, plus income, less expenditure, plus or minus transfers, is carried forward. Entries
that empty the income and expense accounts would only repeat this, and would remove last year's
figures from every account.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from booking.domain import terms
from booking.domain.funds import Fund
from booking.domain.ledger import accounts
from booking.domain.ledger.entries import EntryRefused, fund_balance

Totals = Mapping[tuple[str, Fund], int]
#: Records of money are kept for six years (Charities Act 2011 s131), counted by school years.
YEARS_KEPT = 6


class YearNotOver(ValueError):
    """A year can be closed only once its last day has passed."""


class YearIsClosed(EntryRefused):
    """The books of this year are closed, so no entry may be dated in it."""


@dataclass(frozen=True)
class FundYear:
    """One fund in one year, in pence."""

    brought_forward_pence: int
    came_in_pence: int
    went_out_pence: int
    #: Opening balances and transfers between funds; below zero when more went out than came in.
    moved_pence: int
    carried_forward_pence: int


def fund_years(before: Totals, during: Totals) -> dict[Fund, FundYear]:
    """Work out every fund's year from what moved before it and during it.

    Both hold pence by account and fund, and balance within each fund, as entries do.
    """
    funds = sorted({fund for _, fund in (*before, *during)})
    return {fund: _fund_year(fund, before, during) for fund in funds}


def _fund_year(fund: Fund, before: Totals, during: Totals) -> FundYear:
    brought = fund_balance(before, fund)
    moved = {name: pence for (name, of), pence in during.items() if of == fund}
    income = -sum(pence for name, pence in moved.items() if accounts.is_income(name))
    spent = sum(pence for name, pence in moved.items() if accounts.is_expense(name))
    transferred = -sum(pence for name, pence in moved.items() if accounts.is_equity(name))
    carried = brought + fund_balance(during, fund)
    assert brought + income - spent + transferred == carried, "every entry balances in each fund"
    return FundYear(brought, income, spent, transferred, carried)


def year_to_close(first_on: date, closed_until: date | None) -> str:
    """Return the oldest school year that is not closed: "2026/27".

    The books hold entries from `first_on`; years are closed up to the day `closed_until`.
    """
    return terms.school_year(first_on if closed_until is None else next_day(closed_until))


def check_over(label: str, today: date) -> None:
    """Raise YearNotOver unless the last day of the year has passed."""
    _, last_on = terms.school_year_bounds(label)
    if today <= last_on:
        raise YearNotOver(
            f"The school year {label} lasts until {terms.day_text(last_on)}. "
            "Close it after that day."
        )


def check_open(on: date, closed_until: date | None) -> None:
    """Raise YearIsClosed when a day lies in a closed year."""
    if closed_until is not None and on <= closed_until:
        raise YearIsClosed(
            f"The books are closed up to {terms.day_text(closed_until)}. Enter a later date: "
            "anything that comes to light afterwards counts in the year in which it is found."
        )


def day_of_fact(happened_on: date, closed_until: date | None, today: date) -> date:
    """Return the day for which a fact from outside counts: its own, or the first open one after it.

    Whoever tells of it does not ask whether our books are closed, and may name a day to come.
    """
    first_open = date.min if closed_until is None else next_day(closed_until)
    return max(first_open, min(happened_on, today))


def told_late(happened_on: date, entered_on: date) -> str:
    """Say of which day a fact really is that counts later; "" when it counts for its own."""
    if happened_on >= entered_on:
        return ""
    return (
        f"It is of {terms.day_text(happened_on)}; the books of that year were closed when it "
        "came to light."
    )


def kept_from(today: date) -> date:
    """Return the first day of the oldest school year whose papers are kept."""
    first_on, _ = terms.school_year_bounds(terms.school_year(today))
    return first_on.replace(year=first_on.year - YEARS_KEPT)


def next_day(on: date) -> date:
    """Return the day after a day."""
    return on + timedelta(days=1)
