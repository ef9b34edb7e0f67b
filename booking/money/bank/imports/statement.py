"""The lines of a statement, in the order in which the bank entered them, and what was left out.

A line that cannot be read costs no other: it is left out with its reason. Whether the statement can
be imported without it is shown by the balances, for every line together is what the bank says the
account holds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from booking.domain import names, spreadsheets
from booking.foundation.tables import reading
from booking.foundation.tables.records import ReadTable, Record, TableChoices
from booking.foundation.tables.refusals import NothingInFile, NotReadable
from booking.money.bank.imports import cells, columns, flags, order, sources
from booking.money.bank.imports.columns import LineFact, StatementColumns

DESCRIPTION_MAX = 200
#: What the reader of tables leaves out that can be no line.
_NO_LINES = frozenset({"The header once more.", "A total or a footer."})


class NotALine(ValueError):
    """A row cannot be read as a line of a statement; the message says why."""


class MovesNothing(ValueError):
    """A row moves no money; the message says how we know."""


@dataclass(frozen=True)
class StatementLine:
    """One line: the row of the file, the day, pence into (plus) or out of the account."""

    row: int
    on: date
    pence: int
    description: str
    balance_pence: int | None = None


@dataclass(frozen=True)
class LeftOutLine:
    """A row that is left out, and why."""

    line: int
    shown: str
    why: str
    #: Whether it may be a line all the same, which we could not read.
    may_move_money: bool


@dataclass(frozen=True)
class StatementReading:
    """What a file holds: its lines, oldest first, what was left out, and what has to be asked."""

    table: ReadTable
    meanings: Sequence[str]
    lines: tuple[StatementLine, ...] = ()
    left_out: tuple[LeftOutLine, ...] = ()
    #: What must be said before any line can be read; empty if nothing.
    question: str = ""
    #: Where the balances do not follow, as a row and a sentence.
    broken: tuple[int, str] | None = None
    #: What the account holds after the last line, when the file says it.
    closing_pence: int | None = None

    @property
    def unread(self) -> list[LeftOutLine]:
        """Return the rows that may be lines and could not be read."""
        return [each for each in self.left_out if each.may_move_money]


def read(
    content: bytes | str,
    *,
    choices: TableChoices | None = None,
    remembered: Mapping[str, str] | None = None,
) -> StatementReading:
    """Read a file's bytes, or pasted text. Raises tables' NotReadable."""
    source = sources.as_table(content)
    table = reading.read(
        source.content,
        columns.DIALECT,
        choices=choices or TableChoices(),
        remembered=remembered or {},
    )
    known = columns.understand(table)
    meanings = known.meanings(len(table.header))
    if known.question:
        return StatementReading(table, meanings, question=known.question)
    _one_account(table, known)
    return _read_lines(table, known, meanings, source.closing_pence)


def _one_account(table: ReadTable, known: StatementColumns) -> None:
    found = {
        cell
        for row in table.records
        if (cell := known.cell(LineFact.ACCOUNT, row.cells).strip("' "))
    }
    if len(found) > 1:
        raise NotReadable(
            f"This file has lines from {len(found)} accounts. Export the network’s account only."
        )


def _read_lines(
    table: ReadTable, known: StatementColumns, meanings: Sequence[str], closing_pence: int | None
) -> StatementReading:
    lines, left_out = (
        [],
        [
            LeftOutLine(each.line, each.shown, each.why, each.why not in _NO_LINES)
            for each in table.omitted
        ],
    )
    for row in table.records:
        try:
            lines.append(_line(row, known))
        except MovesNothing as why:
            left_out.append(LeftOutLine(row.line, row.shown, str(why), False))
        except ValueError as why:
            left_out.append(LeftOutLine(row.line, row.shown, str(why), True))
    if not lines and not any(each.may_move_money for each in left_out):
        raise NothingInFile("None of the lines in this file move money. Choose another statement.")
    booked = order.in_order(lines)
    if booked and closing_pence is None:
        closing_pence = booked[-1].balance_pence
    return StatementReading(
        table,
        meanings,
        lines=tuple(booked),
        left_out=tuple(sorted(left_out, key=lambda each: each.line)),
        broken=order.first_break(booked),
        closing_pence=closing_pence,
    )


def _line(row: Record, known: StatementColumns) -> StatementLine:
    """Return the line in a row. Raises MovesNothing, and other ValueErrors."""
    if not flags.has_moved(status := known.cell(LineFact.STATUS, row.cells)):
        raise MovesNothing(f"It has moved no money: the bank says “{status[:30]}”.")
    pence = _pence(row, known)
    if not pence:
        raise MovesNothing("It moves no money.")
    currency = known.cell(LineFact.CURRENCY, row.cells)
    if currency and currency.upper() != "GBP":
        raise NotALine(f"This line is in {currency[:10]}, not in pounds.")
    written_on = known.cell(LineFact.DATE, row.cells)
    if not written_on:
        raise NotALine("This line has no date.")
    if flags.never_moved(written_on):
        raise MovesNothing(f"It has moved no money: the bank says “{written_on[:30]}”.")
    balance = known.cell(LineFact.BALANCE, row.cells)
    return StatementLine(
        row=row.line,
        on=cells.day(written_on),
        pence=pence,
        description=_description(row, known),
        balance_pence=None if cells.is_nothing(balance) else cells.amount(balance),
    )


def _pence(row: Record, known: StatementColumns) -> int:
    """Return the amount in a row, zero if it is empty. Raises ValueError."""
    single, came, went = (
        0 if cells.is_nothing(text := known.cell(part, row.cells)) else cells.amount(text)
        for part in (LineFact.AMOUNT, LineFact.PAID_IN, LineFact.PAID_OUT)
    )
    if came and went:
        raise NotALine("This line has an amount both paid in and paid out.")
    moved = came - abs(went)
    if single and moved and abs(single) != abs(moved):
        raise NotALine("Its amount is not what its columns for paid in and paid out say.")
    return moved or _signed(single, known.cell(LineFact.DIRECTION, row.cells), known)


def _signed(pence: int, word: str, known: StatementColumns) -> int:
    """Return an amount with the sign that a word beside it gives. Raises NotALine."""
    if not pence or LineFact.DIRECTION not in known.places:
        return pence
    sign = flags.direction(word)
    if not sign:
        raise NotALine(f"“{word[:30]}” does not say whether the money came or went.")
    if pence < 0 < sign:
        raise NotALine(f"It is marked “{word[:30]}”, but its amount has a minus.")
    return sign * abs(pence)


def _description(row: Record, known: StatementColumns) -> str:
    """Return the bank's description, from one column or several, without repetition."""
    found: list[str] = []
    for place in known.descriptions:
        text = row.cells[place] if place < len(row.cells) else ""
        words = names.tidy(spreadsheets.plain(text)).lstrip("'").strip()
        if words and words not in found:
            found.append(words)
    return " · ".join(found)[:DESCRIPTION_MAX] or "(no description)"
