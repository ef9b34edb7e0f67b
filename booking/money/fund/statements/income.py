"""A period's income and expenditure by fund, with the year before, and what the funds hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from booking.domain import ledger
from booking.domain.ledger import Fund, accounts
from booking.domain.ledger.periods import Period
from booking.money.fund.queries.statements import Balances, PeriodFigures
from booking.money.fund.statements.document import (
    Opens,
    RowStyle,
    StatementRow,
    Table,
    amounts,
    heading,
)


def income_and_expenditure(
    now: PeriodFigures, last_year: PeriodFigures, funds: Sequence[tuple[Fund, str]], *, today: date
) -> tuple[Table, ...]:
    """Return the tables for these funds, each with its title.

    Columns: each fund, all of them together if there are several, and the same last year.
    """
    return (
        _movements(now, last_year, funds),
        _holdings(now, last_year, funds, min(now.period.last_on, today)),
    )


def spending_by_purpose(
    now: PeriodFigures, last_year: PeriodFigures, kinds: Sequence[Fund]
) -> list[tuple[str, int, int]]:
    """Return each purpose with the spending on it now and the year before, largest first."""
    columns = _Columns(now, last_year, kinds)
    # The last two columns are all these funds together, now and the year before.
    amounts_of = {n: columns.of([n], 1)[-2:] for n in columns.names if accounts.is_expense(n)}
    spent = [(accounts.title(name), here, there) for name, (here, there) in amounts_of.items()]
    return sorted(spent, key=lambda row: (-row[1], -row[2], row[0]))


def head(
    now: PeriodFigures, last_year: PeriodFigures, funds: Sequence[tuple[Fund, str]]
) -> tuple[str, ...]:
    """Return the columns."""
    together = ["All funds"] if len(funds) > 1 else []
    this = now.period.year or "This period"
    then = last_year.period.year or "Year before"
    columns = [title for _, title in funds] + together
    return ("Account", *columns[:-1], f"{columns[-1]}, {this}", then)


def _movements(
    now: PeriodFigures, last_year: PeriodFigures, funds: Sequence[tuple[Fund, str]]
) -> Table:
    titles = head(now, last_year, funds)
    kinds = [fund for fund, _ in funds]
    columns = _Columns(now, last_year, kinds)
    lines = Lines(now.period, last_year.period, kinds)
    rows: list[StatementRow] = []
    groups = (
        ("Income", "Total income", "income", accounts.is_income, -1),
        ("Expenditure", "Total expenditure", "expenses", accounts.is_expense, 1),
    )
    for title, total, group, belongs, sign in groups:
        names = [name for name in columns.names if belongs(name)]
        rows.append(heading(title, len(titles)))
        rows += [
            amounts(accounts.title(n), columns.of([n], sign), opens=lines.of(n)) for n in names
        ]
        summed = columns.of(names, sign)
        rows.append(amounts(total, summed, kind=RowStyle.TOTAL, opens=lines.of(group)))
    both = [n for n in columns.names if accounts.is_income(n) or accounts.is_expense(n)]
    rows.append(amounts("Net income", columns.of(both, -1), kind=RowStyle.TOTAL))
    for name in (accounts.TRANSFERS, accounts.OPENING):
        if name in columns.names:
            moved = columns.of([name], -1)
            rows.append(amounts(accounts.title(name), moved, opens=lines.of(name)))
    earlier = Lines(now.period.previous, last_year.period.previous, kinds)
    before, after = columns.funds_before(), columns.funds_after()
    rows.append(amounts("Funds brought forward", before, opens=earlier.of("")))
    carried = amounts("Funds carried forward", after, kind=RowStyle.TOTAL, opens=lines.of(""))
    rows.append(carried)
    numeric = frozenset(range(1, len(titles)))
    return Table("Income and expenditure", titles, tuple(rows), numeric)


def _holdings(
    now: PeriodFigures, last_year: PeriodFigures, funds: Sequence[tuple[Fund, str]], on: date
) -> Table:
    titles = head(now, last_year, funds)
    kinds = [fund for fund, _ in funds]
    here, there = now.after, last_year.after
    names = [n for n in in_order(here, there) if accounts.is_asset(n)]
    lines = Lines(now.period, last_year.period, kinds)
    rows = [
        amounts(accounts.title(n), _row(here, there, [n], kinds, 1), opens=lines.of(n))
        for n in names
    ]
    rows.append(amounts("Total held", _row(here, there, names, kinds, 1), kind=RowStyle.TOTAL))
    numeric = frozenset(range(1, len(titles)))
    return Table(f"Where the money is on {on:%-d %B %Y}", titles, tuple(rows), numeric)


@dataclass(frozen=True)
class Lines:
    """Where the lines behind each column are: of each fund, of all of them, and the year before."""

    period: Period
    last_year: Period | None
    kinds: Sequence[Fund]

    def of(self, account: str) -> list[Opens]:
        """Return what a row's name and its cells open to; with no account, the funds' own lines."""
        each = [{"fund": fund.value} for fund in self.kinds]
        together: dict[str, str] = {} if len(each) > 1 else each[0]
        columns = [*each, together] if len(each) > 1 else each
        of_account = {"account": account} if account else {}
        here = {**of_account, **self.period.arguments}
        found: list[Opens] = [{**here, **scope} for scope in (together, *columns)]
        if self.last_year is None:
            return found
        return [*found, {**of_account, **self.last_year.arguments, **together}]


class _Columns:
    """The figures in the table's columns, for any accounts."""

    def __init__(self, now: PeriodFigures, last_year: PeriodFigures, kinds: Sequence[Fund]) -> None:
        self.now, self.last_year, self.kinds = now, last_year, kinds
        self.names = in_order(_of(now.within, kinds), _of(last_year.within, kinds))

    def of(self, names: Sequence[str], sign: int) -> list[int]:
        """Return what moved in some accounts."""
        return _row(self.now.within, self.last_year.within, names, self.kinds, sign)

    def funds_before(self) -> list[int]:
        """Return what each fund was worth when the period began."""
        return self._worth(self.now.before, self.last_year.before)

    def funds_after(self) -> list[int]:
        """Return what each fund was worth when it ended."""
        return self._worth(self.now.after, self.last_year.after)

    def _worth(self, here: Balances, there: Balances) -> list[int]:
        now = [ledger.fund_balance(here, kind) for kind in self.kinds]
        then = sum(ledger.fund_balance(there, kind) for kind in self.kinds)
        return [*now, *([sum(now)] if len(now) > 1 else []), then]


def _of(balances: Balances, kinds: Sequence[Fund]) -> Balances:
    return {key: pence for key, pence in balances.items() if key[1] in kinds}


def _row(
    here: Balances, there: Balances, names: Sequence[str], kinds: Sequence[Fund], sign: int
) -> list[int]:
    now = [sign * sum(here.get((name, kind), 0) for name in names) for kind in kinds]
    then = sign * sum(there.get((name, kind), 0) for name in names for kind in kinds)
    return [*now, *([sum(now)] if len(now) > 1 else []), then]


def in_order(*several: Balances) -> list[str]:
    """Return the accounts that are not empty: fixed ones first, then schools’."""
    names = {name for balances in several for (name, _), pence in balances.items() if pence}
    fixed = [name for name in accounts.NAMES if name in names]
    return [*fixed, *sorted(names - set(accounts.NAMES))]
