"""The one writer of CSV files: UTF-8 with the mark by which Excel knows it, and every cell opens in
a spreadsheet as what it is.

Text stays text: a cell that is `str` is never run, nor read as a number or a day. Amounts, days and
numbers that are to be counted with are given as `Decimal`, `date` and `int`.
"""

import csv
import io
import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from booking.domain import spreadsheets
from booking.foundation import contacts

Cell = str | int | Decimal | date | None

#: Tells spreadsheets that the file is in UTF-8.
BOM = "\ufeff"
_PHONE = re.compile(r"\+[1-9](?: ?[0-9]){6,14}")


def as_file(rows: Iterable[Iterable[Cell]]) -> bytes:
    """Return a whole file."""
    return (BOM + "".join(line(cells) for cells in rows)).encode()


def line(cells: Iterable[Cell]) -> str:
    """Return one line of a file, with its end."""
    written = io.StringIO(newline="")
    csv.writer(written).writerow([_written(cell) for cell in cells])
    return written.getvalue()


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return spreadsheets.kept(_dialled(cell) if _PHONE.fullmatch(cell) else cell)
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M")
    return str(cell)


def _dialled(phone: str) -> str:
    """Return a telephone number in groups, as it is dialled in Britain: "07700 900123", or
    "00353 1 234 5678".

    As "+447700900123" it opens as the number 447,700,900,123, and the plus sign begins a formula.
    """
    return re.sub(r"^\+", "00", contacts.readable_phone(phone))
