"""The lines of a statement, in the order in which the bank entered them.

A file is read whole or not at all: if a line were left out, the account would no longer agree.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from booking.domain import money, names, spreadsheets
from booking.foundation.web import sheets
from booking.money.bank.imports import cells, columns
from booking.money.bank.imports.columns import LineFact, StatementColumns

DESCRIPTION_MAX = 200
WORDING = sheets.SheetWording(
    rows="lines",
    choose="Choose the statement that your bank exported.",
    smaller="Export fewer months at a time.",
    shorter="Export fewer months at a time.",
)


class NotALine(ValueError):
    """A row cannot be read as a line of a statement; the message says why."""


@dataclass(frozen=True)
class StatementLine:
    """One line: the row of the file, the day, pence into (plus) or out of the account."""

    row: int
    on: date
    pence: int
    description: str
    balance_pence: int | None = None


@dataclass(frozen=True)
class RowProblem:
    """Why a row, or the rows in their order, cannot be read."""

    row: int
    words: str
    shown: str = ""


@dataclass(frozen=True)
class StatementReading:
    """The contents of a file: its lines, oldest first, or what is wrong with it."""

    lines: tuple[StatementLine, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    #: Rows that move no money, such as "balance brought forward".
    passed_over: tuple[int, ...] = ()

    @property
    def closing_pence(self) -> int | None:
        """The balance after the last line, if the file gives it."""
        return self.lines[-1].balance_pence if self.lines else None


def read(content: bytes) -> StatementReading:
    """Read a file's bytes. Raises sheets.NotReadable."""
    sheet = sheets.read(content, wording=WORDING, is_header=columns.looks_like_header)
    known = columns.understand(sheet.header)
    _one_account(sheet, known)
    lines, problems, passed_over = [], [], []
    for row in sheet.rows:
        try:
            line = _line(row, known)
        except ValueError as error:
            shown = " · ".join(cell for cell in row.cells if cell)[:80]
            problems.append(RowProblem(row.line, str(error), shown))
        else:
            if line is None:
                passed_over.append(row.line)
            else:
                lines.append(line)
    if not lines and not problems:
        raise sheets.NothingInFile(
            "None of the lines in this file move money. Choose another statement."
        )
    if not problems:
        lines, problems = in_order(lines)
    return StatementReading(tuple(lines), tuple(problems), tuple(passed_over))


def _one_account(sheet: sheets.Sheet, known: StatementColumns) -> None:
    found = {
        cell for row in sheet.rows if (cell := known.cell(LineFact.ACCOUNT, row.cells).strip("' "))
    }
    if len(found) > 1:
        raise sheets.NotReadable(
            f"This file has lines from {len(found)} accounts. Export the network’s account only."
        )


def _line(row: sheets.SheetRow, known: StatementColumns) -> StatementLine | None:
    """Return the line in a row, or None if it moves no money. Raises ValueError."""
    pence = _pence(row, known)
    written_on = known.cell(LineFact.DATE, row.cells)
    if not pence:
        return None
    currency = known.cell(LineFact.CURRENCY, row.cells)
    if currency and currency.upper() != "GBP":
        raise NotALine(f"This line is in {currency[:10]}, not in pounds.")
    if not written_on:
        raise NotALine("This line has no date.")
    balance = known.cell(LineFact.BALANCE, row.cells)
    return StatementLine(
        row=row.line,
        on=cells.day(written_on),
        pence=pence,
        description=_description(row, known),
        balance_pence=cells.amount(balance) if balance else None,
    )


def _pence(row: sheets.SheetRow, known: StatementColumns) -> int:
    """Return the amount in a row, zero if it is empty."""
    single = known.cell(LineFact.AMOUNT, row.cells)
    if single:
        return cells.amount(single)
    came, went = (
        cells.amount(text) if (text := known.cell(part, row.cells)) else 0
        for part in (LineFact.PAID_IN, LineFact.PAID_OUT)
    )
    if came and went:
        raise NotALine("This line has an amount both paid in and paid out.")
    return came - abs(went)


def _description(row: sheets.SheetRow, known: StatementColumns) -> str:
    """Return the bank's description, from one column or several, without repetition."""
    found: list[str] = []
    for place in known.descriptions:
        text = row.cells[place] if place < len(row.cells) else ""
        words = names.tidy(spreadsheets.plain(text)).lstrip("'").strip()
        if words and words not in found:
            found.append(words)
    return " · ".join(found)[:DESCRIPTION_MAX] or "(no description)"


def in_order(
    lines: Sequence[StatementLine],
) -> tuple[list[StatementLine], list[RowProblem]]:
    """Put lines oldest first, and report where their balances do not follow.

    Banks list the newest or the oldest first. If every line has its balance, the right order is
    the one in which each balance is the previous one plus the line's own amount.
    """
    oldest_first = list(lines)
    newest_first = oldest_first[::-1]
    if any(line.balance_pence is None for line in lines):
        falling = all(one.on >= other.on for one, other in pairwise(lines))
        rising = all(one.on <= other.on for one, other in pairwise(lines))
        chosen = newest_first if falling and not rising else oldest_first
        # Lines of one date keep their order in the file; without balances nothing depends on it.
        return sorted(chosen, key=lambda line: line.on), []
    breaks = [first_break(order) for order in (oldest_first, newest_first)]
    for order, broken in zip((oldest_first, newest_first), breaks, strict=True):
        if broken is None:
            return order, []
    likely = breaks[0] if lines[0].on <= lines[-1].on else breaks[1]
    assert likely is not None, "both orders break"
    return oldest_first, [likely]


def first_break(lines: Sequence[StatementLine]) -> RowProblem | None:
    """Return the first line whose balance does not follow from the one before."""
    for before, line in pairwise(lines):
        assert before.balance_pence is not None
        assert line.balance_pence is not None
        expected = before.balance_pence + line.pence
        if line.balance_pence != expected:
            return RowProblem(
                line.row,
                f"Its balance should be {money.pounds(expected)} after line {before.row}, and is "
                f"{money.pounds(line.balance_pence)}. A line is missing or was changed. Export the "
                "statement again. If your bank lists a day’s lines in another order, take the "
                "balance column out: you are then asked for the closing balance.",
                line.description,
            )
    return None
