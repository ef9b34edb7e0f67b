"""What accounts hold now, as the overview's table: a row per account, a column per fund."""

from collections.abc import Sequence
from dataclasses import dataclass

from booking.domain import ledger, money
from booking.domain.ledger import Fund, accounts
from booking.money.fund.queries.statements import Balances
from booking.money.fund.statements.income import in_order

Titles = Sequence[tuple[Fund, str]]


@dataclass(frozen=True)
class Holdings:
    """Rows of words, and a row of totals."""

    head: list[str]
    rows: list[list[str]]
    total: list[str]
    below_zero: bool = False

    @property
    def numeric(self) -> list[int]:
        """Return the positions of the columns of amounts."""
        return list(range(1, len(self.head)))


def holdings(balances: Balances, titles: Titles) -> Holdings:
    """Return what each money account holds in each fund; empty accounts are left out."""
    names = [name for name in in_order(balances) if accounts.is_asset(name)]
    return _table(balances, titles, names, "Total held", sign=1)


def income(balances: Balances, titles: Titles) -> Holdings:
    """Return what came in by account."""
    names = [name for name in in_order(balances) if accounts.is_income(name)]
    return _table(balances, titles, names, "Came in", sign=-1)


def spending(balances: Balances, titles: Titles) -> Holdings:
    """Return what was spent by account."""
    names = [name for name in in_order(balances) if accounts.is_expense(name)]
    return _table(balances, titles, names, "Spent", sign=1)


def transfers(balances: Balances, titles: Titles) -> Holdings:
    """Return what the books started with, and what was moved between funds."""
    names = [name for name in in_order(balances) if accounts.is_equity(name)]
    return _table(balances, titles, names, "Total", sign=-1)


def _table(
    balances: Balances, titles: Titles, names: list[str], total: str, *, sign: int
) -> Holdings:
    amounts = [[sign * balances.get((name, fund), 0) for fund, _ in titles] for name in names]
    columns = [sum(column) for column in zip(*amounts, strict=True)] or [0] * len(titles)
    rows = [_row(accounts.title(n), row) for n, row in zip(names, amounts, strict=True)]
    below_zero = any(pence < 0 for row in amounts for pence in row)
    head = ["Account", *(title for _, title in titles), "All funds"]
    return Holdings(head, rows, _row(total, columns), below_zero)


def _row(label: str, pence: list[int]) -> list[str]:
    return [label, *(_cell(amount) for amount in pence), money.pounds(sum(pence))]


def _cell(pence: int) -> str:
    return money.pounds(pence) if pence else "–"


def stats(
    balances: Balances, titles: Titles, promised_pence: int = 0
) -> list[tuple[str, str, str]]:
    """Return the page's large figures: what each fund holds, the CPD fund first.

    `promised_pence` is what the CPD fund has promised and so cannot spend on anything else.
    """
    ordered = sorted(titles, key=lambda each: each[0] is not Fund.CPD)
    return [
        (title, money.pounds(_worth(balances, fund)), _hint(balances, fund, promised_pence))
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
