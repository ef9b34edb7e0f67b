"""What the bank adds to the year-end check list: statements up to its last day, all matched."""

from datetime import date

from booking.domain import money, terms
from booking.foundation.web import addresses
from booking.money.bank import queries
from booking.money.fund.ports import Point

IMPORT, MATCHING = addresses.FUND_BANK_IMPORT(), addresses.FUND_BANK_MATCHING()
LABEL = "The bank’s statement agrees with the ledger"


def points(_first_on: date, last_on: date) -> list[Point]:
    """Return the bank's point, which stops no year, as not every network imports statements."""
    statement = queries.newest_statement()
    if statement is None:
        return [Point(LABEL, "No statement has been imported.", IMPORT)]
    if statement.last_on < last_on:
        until = terms.day_text(statement.last_on)
        return [Point(LABEL, f"Statements only go up to {until}.", IMPORT)]
    standing = queries.reconciliation(statement).standing
    if standing.not_in_ledger_pence:
        apart = money.pounds(abs(standing.not_in_ledger_pence))
        problem = f"Bank lines adding up to {apart} are not in the ledger."
        return [Point(LABEL, problem, MATCHING)]
    return [Point(LABEL)]
