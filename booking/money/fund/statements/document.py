"""A statement as a document: titles, tables of words, days and pence, and notes.

A page, a CSV file, a workbook and a PDF are all made from the same document, so they cannot differ.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from booking.domain import money

#: Words, a day, or an amount in whole pence; None is an empty cell.
Cell = str | date | int | None


#: What a figure opens to: the arguments of the page with the lines that add up to it.
Opens = Mapping[str, str]


class RowStyle(StrEnum):
    """The kind of a row."""

    LINE = "line"
    HEADING = "heading"
    TOTAL = "total"


@dataclass(frozen=True)
class StatementRow:
    """One row, whose first cell is its name."""

    cells: tuple[Cell, ...]
    kind: RowStyle = RowStyle.LINE
    #: What each cell opens to, if anything.
    opens: tuple[Opens | None, ...] = ()
    #: What its name opens to: an entry, by its key, or an event, by its slug.
    entry: str = ""
    event: str = ""

    @property
    def is_bare(self) -> bool:
        """Return whether there is nothing but the name."""
        return all(cell is None for cell in self.cells[1:])

    def opened(self, place: int) -> Opens | None:
        """Return what the cell at a place opens to; nothing is not worth opening."""
        return self.opens[place] if self.opens and self.cells[place] else None


@dataclass(frozen=True)
class Table:
    """One table; the columns of `numeric` hold pence."""

    title: str
    head: tuple[str, ...]
    rows: tuple[StatementRow, ...]
    numeric: frozenset[int]
    note: str = ""


@dataclass(frozen=True)
class Document:
    """A whole statement."""

    title: str
    subtitle: str
    made_at: datetime
    tables: tuple[Table, ...]
    notes: tuple[str, ...] = ()
    #: Who signs it on paper, each on their own line.
    signed_by: tuple[str, ...] = ()
    #: The ledger's newest seal, with which anybody who has the paper can prove the past.
    seal: str = ""

    @property
    def file_name(self) -> str:
        """Return a file name, without an ending."""
        words = f"{self.title} {self.subtitle}".lower()
        return "-".join("".join(c if c.isalnum() else " " for c in words).split())[:80]


def cell_text(cell: Cell) -> str:
    """Return a cell as people read it."""
    if cell is None:
        return ""
    if isinstance(cell, int):
        return money.pounds(cell) if cell else "–"
    if isinstance(cell, date):
        return f"{cell:%-d %b %Y}"
    return cell


def amounts(
    name: str,
    pence: Sequence[int | None],
    *,
    kind: RowStyle = RowStyle.LINE,
    opens: Sequence[Opens | None] = (),
) -> StatementRow:
    """Return a row of a name and amounts, each with what it opens to."""
    return StatementRow((name, *pence), kind, tuple(opens))


def heading(name: str, columns: int) -> StatementRow:
    """Return a row that is only a heading for the rows under it."""
    return StatementRow((name, *[None] * (columns - 1)), RowStyle.HEADING)
