"""Which period and fund an address asks for, and the choices that a page offers."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request, url_for

from booking.domain import terms
from booking.domain.ledger import Fund, periods
from booking.domain.ledger.periods import Period, of_dates, of_year, years_between
from booking.foundation import clock
from booking.money.fund import queries

Titles = list[tuple[Fund, str]]


@dataclass(frozen=True)
class AskedPeriod:
    """What the address asks for: a period, a fund, and any problem ("" if none)."""

    period: Period
    fund: Fund | None
    funds: Titles
    years: list[str]
    problem: str = ""

    @property
    def titles(self) -> Titles:
        """Return the funds to show: the one asked for, or all."""
        return [each for each in self.funds if self.fund in {None, each[0]}]

    @property
    def fund_choices(self) -> list[tuple[str, str]]:
        """Return the funds to choose from."""
        return [(fund.value, title) for fund, title in self.funds]

    @property
    def year_choices(self) -> list[tuple[str, str]]:
        """Return the school years to choose from."""
        return [(year, year) for year in self.years]

    @property
    def arguments(self) -> dict[str, str]:
        """Return the query arguments, for links to other statements for the same period."""
        return self.period.arguments | ({"fund": self.fund.value} if self.fund else {})


def asked() -> AskedPeriod:
    """Read the address; replace a nonsensical period by this school year, and say so."""
    funds = [(row.name, row.title) for row in queries.all_funds()]
    today = clock.today()
    years = years_between(queries.mark().first_on, today)
    wanted = request.args.get("fund", "")
    fund = next((name for name, _ in funds if name.value == wanted), None)
    try:
        period = _period()
    except (ValueError, OverflowError) as error:
        return AskedPeriod(of_year(years[0]), fund, funds, years, _words(error))
    return AskedPeriod(period or of_year(years[0]), fund, funds, years)


def _period() -> Period | None:
    first_on, last_on = request.args.get("from", ""), request.args.get("to", "")
    if first_on and last_on:
        return of_dates(date.fromisoformat(first_on), date.fromisoformat(last_on))
    if first_on or last_on:
        raise periods.DaysOutOfOrder("Enter both days, the first and the last.")
    year = request.args.get("year", "")
    return of_year(year) if year else None


def _words(error: Exception) -> str:
    if isinstance(error, periods.DaysOutOfOrder | terms.NotASchoolYear):
        return str(error)
    return "One of the two days is not a date. Enter days such as 01/09/2026."


def files(endpoint: str, **arguments: Any) -> list[tuple[str, str]]:
    """Return (words, address) of the same statement as a file."""
    kinds = (("pdf", "PDF, to print"), ("xlsx", "Excel"), ("csv", "CSV"))
    return [(words, url_for(endpoint, ending=ending, **arguments)) for ending, words in kinds]
