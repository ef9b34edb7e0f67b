"""What accounts hold now, as the overview's table: a row per account, a column per fund."""

from collections.abc import Sequence
from dataclasses import replace

from booking.domain import ledger, money
from booking.domain.ledger import Fund, accounts
from booking.domain.ledger.periods import Period
from booking.money.fund.queries.statements import Balances
from booking.money.fund.statements.document import RowStyle, Table, amounts
from booking.money.fund.statements.income import Lines, in_order

Titles = Sequence[tuple[Fund, str]]
BELOW_ZERO = (
    "A figure below zero means that the fund has paid out of this account what it still holds in "
    "another."
)


def holdings(balances: Balances, titles: Titles, period: Period) -> Table:
    """Return what each money account holds in each fund; empty accounts are left out."""
    names = [name for name in in_order(balances) if accounts.is_asset(name)]
    table = _table("Where the money is, by fund", "Total held", balances, titles, names, period)
    if any(cell < 0 for row in table.rows for cell in row.cells[1:] if isinstance(cell, int)):
        return replace(table, note=BELOW_ZERO)
    return table


def since_the_beginning(balances: Balances, titles: Titles, period: Period) -> list[Table]:
    """Return what came in, what was spent, and what began or moved in the books so far.

    `period` is from the first day of the books.
    """
    groups = (
        ("Money that came in", "Came in", accounts.is_income, -1),
        ("Money that was spent", "Spent", accounts.is_expense, 1),
        ("Opening balances, and transfers between funds", "Total", accounts.is_equity, -1),
    )
    found = []
    for title, total, belongs, sign in groups:
        if names := [name for name in in_order(balances) if belongs(name)]:
            found.append(_table(title, total, balances, titles, names, period, sign=sign))
    return found


def _table(
    title: str,
    total: str,
    balances: Balances,
    titles: Titles,
    names: Sequence[str],
    period: Period,
    *,
    sign: int = 1,
) -> Table:
    lines = Lines(period, None, [fund for fund, _ in titles])
    rows = []
    for name in names:
        pence = [sign * balances.get((name, fund), 0) for fund, _ in titles]
        rows.append(amounts(accounts.title(name), _summed(pence), opens=lines.of(name)))
    columns = [sign * sum(balances.get((name, fund), 0) for name in names) for fund, _ in titles]
    rows.append(amounts(total, _summed(columns), kind=RowStyle.TOTAL))
    head = ("Account", *(words for _, words in titles), *(["All funds"] if len(titles) > 1 else []))
    return Table(title, head, tuple(rows), frozenset(range(1, len(head))))


def _summed(pence: list[int]) -> list[int]:
    return [*pence, sum(pence)] if len(pence) > 1 else pence


def stats(
    balances: Balances, titles: Titles, promised_pence: int = 0
) -> list[tuple[Fund, str, str, str]]:
    """Return the page's large figures, with words: what each fund holds, the CPD fund first.

    `promised_pence` is what the CPD fund has promised and so cannot spend on anything else.
    """
    ordered = sorted(titles, key=lambda each: each[0] is not Fund.CPD)
    return [
        (fund, title, money.pounds(_worth(balances, fund)), _hint(balances, fund, promised_pence))
        for fund, title in ordered
    ]


def _worth(balances: Balances, fund: Fund) -> int:
    return ledger.fund_balance(balances, fund)


def _hint(balances: Balances, fund: Fund, promised_pence: int) -> str:
    owed = _worth(balances, fund) - ledger.fund_money(balances, fund)
    if fund is Fund.CPD and (owed or promised_pence):
        available = ledger.fund_money(balances, fund) - promised_pence
        parts = [
            f"{money.pounds(owed)} owed by schools" if owed else "",
            f"{money.pounds(promised_pence)} promised" if promised_pence else "",
            f"{money.pounds(available)} available",
        ]
        return ", ".join(part for part in parts if part)
    hints = {
        Fund.CPD: "for speakers and courses",
        Fund.EVENTS: "for the days themselves",
        Fund.ADMIN: "for running the network",
    }
    return hints.get(fund, "kept apart")
