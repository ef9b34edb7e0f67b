"""What columns without titles are, by what stands in them: a guess, which the page shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations

from booking.money.bank.imports import cells


@dataclass(frozen=True)
class UnnamedColumn:
    """One column that nothing is known of."""

    place: int
    cells: Sequence[str]

    @property
    def is_days(self) -> bool:
        """Return whether there is a day in nearly every cell."""
        return sum(map(cells.is_day, self.cells)) * 10 >= len(self.cells) * 8 > 0

    @property
    def is_money(self) -> bool:
        """Return whether nearly all that stands in it is amounts, and there are some."""
        filled = [text for text in self.cells if not cells.is_nothing(text)]
        amounts = [text for text in filled if cells.is_amount(text)]
        return len(amounts) * 10 >= len(filled) * 8 > 0 and cells.are_money(amounts)

    @property
    def pence(self) -> list[int]:
        """Return its amounts, with zero where there is none."""
        return [cells.amount(text) if cells.is_amount(text) else 0 for text in self.cells]

    @property
    def letters(self) -> int:
        """Return how much it says."""
        return sum(letter.isalpha() for text in self.cells for letter in text)


def guess(columns: Sequence[UnnamedColumn], rows: int) -> dict[str, int]:
    """Return where each part of a line stands, by the values alone; what is unclear is left out."""
    found: dict[str, int] = {}
    days = [column for column in columns if column.is_days]
    money = [column for column in columns if column.is_money and len(column.cells) == rows]
    texts = [column for column in columns if column not in days and column not in money]
    if days:
        found["date"] = days[0].place
    if texts and (most := max(texts, key=lambda column: column.letters)).letters:
        found["description"] = most.place
    return found | _amounts(money)


def _amounts(money: Sequence[UnnamedColumn]) -> dict[str, int]:
    if len(money) == 1:
        return {"amount": money[0].place}
    for several in permutations(money) if len(money) in (2, 3) else ():
        *moved, balance = several
        if len(several) == 2 and _follows(moved[0].pence, balance.pence):
            return {"amount": moved[0].place, "balance": balance.place}
        if len(several) == 3:
            out, into = moved
            net = [came - abs(went) for came, went in zip(into.pence, out.pence, strict=True)]
            if _exclude(out, into) and _follows(net, balance.pence):
                return {"paid_out": out.place, "paid_in": into.place, "balance": balance.place}
    return {}


def _exclude(one: UnnamedColumn, other: UnnamedColumn) -> bool:
    """Return whether each line has an amount in one of two columns only."""
    return all(bool(a) != bool(b) for a, b in zip(one.pence, other.pence, strict=True))


def _follows(moved: Sequence[int], balances: Sequence[int]) -> bool:
    """Return whether balances are those after each line, listed oldest or newest first."""
    if len(moved) < 2:
        return False
    lines = list(zip(moved, balances, strict=True))
    return any(
        all(after == before + pence for (_, before), (pence, after) in pairwise(order))
        for order in (lines, lines[::-1])
    )
