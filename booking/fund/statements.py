"""The ledger's numbers as the rows of tables: an account a row, a fund a column."""

from collections.abc import Mapping
from dataclasses import dataclass

from booking.domain import funds, ledger, money
from booking.domain.ledger import Fund, accounts

FUNDS = tuple(Fund)
HEAD = ["Account", *(funds.NAMES[fund] for fund in FUNDS), "All funds"]
NUMERIC = list(range(1, len(HEAD)))
Balances = Mapping[tuple[str, Fund], int]


@dataclass(frozen=True)
class Table:
    """Rows of words, and the row of totals."""

    rows: list[list[str]]
    total: list[str]
    below_zero: bool = False


def holdings(balances: Balances) -> Table:
    """Return what each account that holds money holds in each fund; empty accounts are left out."""
    names = [name for name in _in_order(balances) if accounts.is_asset(name)]
    return _table(balances, names, "Held in all", sign=1)


def income(balances: Balances) -> Table:
    """Return what came in by account."""
    names = [name for name in _in_order(balances) if accounts.is_income(name)]
    return _table(balances, names, "Came in", sign=-1)


def spending(balances: Balances) -> Table:
    """Return what was spent by account."""
    names = [name for name in _in_order(balances) if accounts.is_expense(name)]
    return _table(balances, names, "Was spent", sign=1)


def transfers(balances: Balances) -> Table:
    """Return what the books began with, and what went from fund to fund."""
    names = [name for name in (accounts.OPENING, accounts.TRANSFERS) if _any(balances, name)]
    return _table(balances, names, "In all", sign=-1)


def _in_order(balances: Balances) -> list[str]:
    """Return the accounts that are not empty: the fixed ones in their order, then the schools'."""
    names = {name for name, _ in balances}
    fixed = [name for name in accounts.NAMES if name in names]
    return [name for name in (*fixed, *sorted(names - set(accounts.NAMES))) if _any(balances, name)]


def _any(balances: Balances, name: str) -> bool:
    return any(balances.get((name, fund)) for fund in FUNDS)


def _table(balances: Balances, names: list[str], total: str, *, sign: int) -> Table:
    amounts = [[sign * balances.get((name, fund), 0) for fund in FUNDS] for name in names]
    columns = [sum(column) for column in zip(*amounts, strict=True)] or [0] * len(FUNDS)
    rows = [_row(accounts.title(n), row) for n, row in zip(names, amounts, strict=True)]
    below_zero = any(pence < 0 for row in amounts for pence in row)
    return Table(rows, _row(total, columns), below_zero)


def _row(label: str, pence: list[int]) -> list[str]:
    return [label, *(_cell(amount) for amount in pence), money.pounds(sum(pence))]


def _cell(pence: int) -> str:
    return money.pounds(pence) if pence else "–"


def stats(balances: Balances) -> list[tuple[str, str, str]]:
    """Return the large numbers of the page: what each fund holds."""
    by_fund = {fund: ledger.fund_balance(balances, fund) for fund in FUNDS}
    owed = by_fund[Fund.CPD] - ledger.fund_money(balances, Fund.CPD)
    hint = f"{money.pounds(owed)} of it is owed by schools" if owed else "for speakers and courses"
    return [
        ("CPD fund", money.pounds(by_fund[Fund.CPD]), hint),
        ("Events", money.pounds(by_fund[Fund.EVENTS]), "for the days themselves"),
        ("Administration", money.pounds(by_fund[Fund.ADMIN]), "for running the network"),
    ]
