"""Cells from an Excel workbook, read for what it shows: no formula is worked out, nothing fetched.

A workbook is a ZIP of XML, small outside and as large inside as its writer likes, so what it would
unpack to is added up before anything is unpacked; Python unpacks no more than was declared.
"""

import io
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, time
from typing import Any

import openpyxl

from booking.foundation.tables.records import Record
from booking.foundation.tables.refusals import FileTooLarge, NotATable

#: All parts of a workbook, unpacked.
UNPACKED_MAX = 12 * 1024 * 1024
PARTS_MAX = 500
#: Formatting may reach to Excel's last row. Below so many rows without any record nothing is read.
BLANK_ROWS_MAX = 1_048_576
SHEETS_MAX = 20


def sheets(content: bytes, *, rows_max: int, columns_max: int) -> dict[str, list[Record]]:
    """Return the records of every visible sheet that has any, `rows_max` and one at most.

    Raises NotATable or FileTooLarge.
    """
    _check_size(content)
    try:
        book = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True, keep_links=False
        )
        with closing(book):
            seen = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            found = {
                sheet.title: list(_records(sheet, rows_max, columns_max))
                for sheet in seen[:SHEETS_MAX]
            }
    except Exception as error:
        raise NotATable(
            "This workbook cannot be read. Open it in Excel, save it as “CSV UTF-8” and choose "
            "that file."
        ) from error
    return {title: rows for title, rows in found.items() if rows}


def _check_size(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = packed.infolist()
    if len(parts) > PARTS_MAX or sum(part.file_size for part in parts) > UNPACKED_MAX:
        raise FileTooLarge(
            "This workbook is too large once it is unpacked. Copy the table alone into a new "
            "workbook, or save it as “CSV UTF-8”."
        )


def _records(sheet: Any, rows_max: int, columns_max: int) -> Iterator[Record]:
    """Yield the rows of a sheet that hold anything, with their numbers."""
    sheet.reset_dimensions()  # what a workbook says about its own size is often wrong
    count = blank = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        cells = tuple(shown(value) for value in row[: columns_max + 1])
        if not any(cells):
            blank += 1
            if blank > BLANK_ROWS_MAX:
                return
            continue
        yield Record(number, cells)
        count += 1
        if count > rows_max:
            return


def shown(value: object) -> str:
    """Return a cell as its text would stand in a CSV file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        # Excel keeps 15 digits; what stands behind them was never typed.
        whole = format(value, ".15g")
        return format(value, ".0f") if "e+" in whole else whole
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value).replace("_x000D_", "").strip()
