"""What a file would add: which of its lines are new, and which an earlier statement has brought.

A line is known again by its day, amount and balance, because banks go on changing the words of a
line for days after it was booked; and by day, amount and words where a balance tells nothing.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import accumulate

from sqlalchemy import func, select

from booking.domain import reconciling
from booking.foundation.db import db
from booking.money.bank.imports.statement import StatementLine
from booking.money.bank.models import BankLine
from booking.money.bank.queries import lines as bank_lines

#: By which of its marks a line is known again, the surest way first: words and balance; day, amount
#: and balance; words alone.
_WAYS = (("mark", "balance"), ("on", "pence", "balance"), ("mark",))


class LineFate(StrEnum):
    """What an import would do with a line."""

    NEW = "new"
    #: An earlier statement has brought it.
    KNOWN = "known"
    #: An earlier statement has brought it, in other words.
    CHANGED = "changed"
    #: It is part of the balance brought forward.
    BEFORE = "before"


@dataclass(frozen=True)
class PlannedLine:
    """A line of a file, by what it will be recognised, and what becomes of it."""

    line: StatementLine
    fingerprint: str
    number: int
    fate: LineFate
    #: The line that an earlier statement brought, if it is the same.
    known_id: int | None = None
    #: What the bank called it then, if it calls it something else now.
    was: str = ""


@dataclass(frozen=True)
class ImportPlan:
    """What importing a file would do."""

    lines: tuple[PlannedLine, ...]
    #: What the account holds by all lines imported so far; None before the first statement.
    held_pence: int | None

    def of(self, *fates: LineFate) -> list[StatementLine]:
        """Return the lines of these fates."""
        return [each.line for each in self.lines if each.fate in fates]

    @property
    def there_already(self) -> list[StatementLine]:
        """Return the lines that an earlier statement has brought."""
        return self.of(LineFate.KNOWN, LineFate.CHANGED)

    @property
    def new_pence(self) -> int:
        """What the new lines move."""
        return sum(line.pence for line in self.of(LineFate.NEW))

    @property
    def expected_pence(self) -> int | None:
        """What the account should hold afterwards; None when only the bank can say."""
        return None if self.held_pence is None else self.held_pence + self.new_pence


@dataclass(frozen=True)
class StoredLine:
    """A bank line that is there, with what the account held after it."""

    id: int
    on: date
    pence: int
    description: str
    fingerprint: str
    number: int
    balance_pence: int


def plan(lines: Sequence[StatementLine], *, closing_pence: int | None = None) -> ImportPlan:
    """Say of each line whether it is new; reads only.

    With the closing balance, lines without balances get theirs from it. Words alone may take one
    line for another of the same day, when a file begins in the middle of it; then balances decide,
    if with them the whole adds up.
    """
    lines = _with_balances(lines, closing_pence)
    closing = lines[-1].balance_pence
    start = bank_lines.first_day()
    held = None if start is None else bank_lines.held_pence()
    stored = _stored(min(line.on for line in lines), max(line.on for line in lines))
    plans = [ImportPlan(_planned(lines, stored, start, ways), held) for ways in (_WAYS, _WAYS[:-1])]
    if closing is None:
        return plans[0]
    return next((each for each in plans if each.expected_pence == closing), plans[0])


def _planned(
    lines: Sequence[StatementLine],
    stored: Sequence[StoredLine],
    start: date | None,
    ways: Sequence[Sequence[str]],
) -> tuple[PlannedLine, ...]:
    marks = [reconciling.fingerprint(line.on, line.pence, line.description) for line in lines]
    same = _recognised(lines, marks, stored, ways)
    numbers: dict[str, int] = defaultdict(int)
    for one in stored:
        numbers[one.fingerprint] = max(numbers[one.fingerprint], one.number)
    planned = []
    for place, (line, mark) in enumerate(zip(lines, marks, strict=True)):
        known = same.get(place)
        if start is not None and line.on < start:
            planned.append(PlannedLine(line, mark, 0, LineFate.BEFORE))
        elif known is not None and known.fingerprint == mark:
            planned.append(PlannedLine(line, mark, known.number, LineFate.KNOWN, known.id))
        else:
            numbers[mark] += 1
            fate = LineFate.CHANGED if known else LineFate.NEW
            was = (known.id, known.description) if known else ()
            planned.append(PlannedLine(line, mark, numbers[mark], fate, *was))
    return tuple(planned)


def _with_balances(
    lines: Sequence[StatementLine], closing_pence: int | None
) -> Sequence[StatementLine]:
    if closing_pence is None or any(line.balance_pence is not None for line in lines):
        return lines
    opening = closing_pence - sum(line.pence for line in lines)
    held = list(accumulate((line.pence for line in lines), initial=opening))[1:]
    return [replace(line, balance_pence=pence) for line, pence in zip(lines, held, strict=True)]


def _stored(first_on: date, last_on: date) -> list[StoredLine]:
    """Return the lines of some days that are there, in the bank's order."""
    before = select(func.sum(BankLine.pence)).where(BankLine.moved_on < first_on)
    held = int(db.session.scalar(before) or 0)
    rows = db.session.execute(
        select(
            BankLine.id,
            BankLine.moved_on,
            BankLine.pence,
            BankLine.description,
            BankLine.fingerprint,
            BankLine.number,
            BankLine.brought_forward,
        )
        .where(BankLine.moved_on.between(first_on, last_on))
        .order_by(BankLine.moved_on, BankLine.id)
    )
    found = []
    for number, on, pence, description, mark, count, brought_forward in rows:
        held += pence
        if not brought_forward:
            found.append(StoredLine(number, on, pence, description, mark, count, held))
    return found


def _recognised(
    lines: Sequence[StatementLine],
    marks: Sequence[str],
    stored: Sequence[StoredLine],
    ways: Sequence[Sequence[str]],
) -> dict[int, StoredLine]:
    """Return which line that is there each line of a file is, by its place; each of them once."""
    file = [
        {"mark": mark, "on": line.on, "pence": line.pence, "balance": line.balance_pence}
        for line, mark in zip(lines, marks, strict=True)
    ]
    there = {
        one: {
            "mark": one.fingerprint,
            "on": one.on,
            "pence": one.pence,
            "balance": one.balance_pence,
        }
        for one in stored
    }
    found: dict[int, StoredLine] = {}
    for way in ways:
        taken = set(found.values())
        spare: dict[tuple[object, ...], list[StoredLine]] = defaultdict(list)
        for one in reversed(stored):
            if one not in taken:
                spare[tuple(there[one][name] for name in way)].append(one)
        for place, facts in enumerate(file):
            if place not in found and (same := spare[tuple(facts[name] for name in way)]):
                found[place] = same.pop()
    return found
