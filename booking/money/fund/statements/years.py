"""What each fund did in a school year, from what it brought forward to what it carries forward."""

from collections.abc import Mapping, Sequence

from booking.domain.ledger import Fund, FundYear
from booking.domain.ledger.periods import Period
from booking.money.fund.statements.document import Opens, StatementRow, Table, amounts
from booking.money.fund.statements.income import Lines

HEAD = (
    "Fund",
    "Brought forward",
    "Came in",
    "Spent",
    "Opening and transfers",
    "Carried forward",
)


def fund_years(
    found: Mapping[Fund, FundYear], titles: Sequence[tuple[Fund, str]], year: Period
) -> Table:
    """Return a row for each of these funds."""
    rows = tuple(_row(title, fund, found[fund], year) for fund, title in titles)
    numeric = frozenset(range(1, len(HEAD)))
    return Table(f"Each fund in the school year {year.year}", HEAD, rows, numeric)


def _row(title: str, fund: Fund, of: FundYear, year: Period) -> StatementRow:
    def lines(account: str, period: Period = year) -> Opens:
        return Lines(period, None, [fund]).of(account)[0]

    cells = (
        (of.brought_forward_pence, lines("", year.previous)),
        (of.came_in_pence, lines("income")),
        (of.went_out_pence, lines("expenses")),
        (of.moved_pence, lines("equity")),
        (of.carried_forward_pence, lines("")),
    )
    opens = [lines(""), *(opened for _, opened in cells)]
    return amounts(title, [pence for pence, _ in cells], opens=opens)
