"""A statement as CSV and as an Excel workbook: amounts are numbers, and no cell is a formula."""

import io
import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter

from booking.domain import spreadsheets
from booking.foundation import csv_files
from booking.money.fund.exports.beancount import amount
from booking.money.fund.statements.document import Cell, Document, RowStyle, StatementRow, Table

POUNDS = '#,##0.00;[Red]-#,##0.00;"–"'
#: Columns are as wide as their longest cell, within these limits (characters).
NARROWEST, WIDEST = 9, 48


def as_csv(document: Document) -> bytes:
    """Return the tables one under the other."""
    return csv_files.as_file(_lines(document))


def _lines(document: Document) -> Iterator[Iterable[csv_files.Cell]]:
    yield [document.title, document.subtitle]
    for table in document.tables:
        yield []
        yield [table.title]
        yield table.head
        yield from ([_in_pounds(cell) for cell in row.cells] for row in table.rows)
    yield []
    yield from ([note] for note in _notes(document))


def _in_pounds(cell: Cell) -> csv_files.Cell:
    return Decimal(amount(cell)) if isinstance(cell, int) else cell


def _notes(document: Document) -> list[str]:
    notes = [*(table.note for table in document.tables if table.note), *document.notes]
    return [*notes, f"The ledger’s newest seal: {document.seal}"] if document.seal else notes


def as_xlsx(document: Document) -> bytes:
    """Return a workbook with a sheet for each table."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, **spreadsheets.TEXT_STAYS_TEXT})
    book.set_properties({"title": document.title, "created": document.made_at.replace(tzinfo=None)})
    formats = _formats(book)
    for number, table in enumerate(document.tables, start=1):
        _write(book.add_worksheet(_sheet_name(number, table)), table, document, formats)
    book.close()
    return content.getvalue()


def _sheet_name(number: int, table: Table) -> str:
    """Return a sheet name that Excel accepts: short, unique, without special characters."""
    words = re.sub(r"[\[\]:*?/\\']", " ", table.title)
    return f"{number} {' '.join(words.split())}"[:31]


def _formats(book: Any) -> dict[str, Any]:
    made = {"title": book.add_format({"bold": True, "font_size": 14})}
    looks: dict[str, dict[str, Any]] = {
        RowStyle.LINE: {},
        RowStyle.HEADING: {"bold": True},
        RowStyle.TOTAL: {"bold": True, "top": 1},
    }
    for kind, look in looks.items():
        made[kind] = book.add_format({**look, "num_format": "@"})
        made[f"{kind} pounds"] = book.add_format({**look, "num_format": POUNDS})
        made[f"{kind} day"] = book.add_format({**look, "num_format": "d mmm yyyy", "align": "left"})
    made["head"] = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    return made


def _write(sheet: Any, table: Table, document: Document, formats: dict[str, Any]) -> None:
    sheet.write_string(0, 0, f"{document.title}: {document.subtitle}", formats["title"])
    sheet.write_string(1, 0, table.title)
    first = 3
    for place, words in enumerate(table.head):
        sheet.write_string(first, place, words, formats["head"])
        sheet.set_column(place, place, _width(table, place))
    for number, row in enumerate(table.rows, start=first + 1):
        _write_row(sheet, number, row, formats)
    sheet.freeze_panes(first + 1, 1)
    sheet.repeat_rows(first)
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    if len(table.head) > 5:
        sheet.set_landscape()
    for number, note in enumerate(_notes(document), start=first + len(table.rows) + 2):
        sheet.write_string(number, 0, note)
    sheet.set_footer("&L&F&RPage &P of &N")


def _write_row(sheet: Any, number: int, row: StatementRow, formats: dict[str, Any]) -> None:
    for place, cell in enumerate(row.cells):
        if isinstance(cell, int):
            # Pence are whole; the workbook's numbers are pounds, exact to far less than a penny.
            sheet.write_number(number, place, cell / 100, formats[f"{row.kind} pounds"])
        elif isinstance(cell, date):
            sheet.write_datetime(number, place, cell, formats[f"{row.kind} day"])
        elif cell is None:
            sheet.write_blank(number, place, None, formats[row.kind])
        else:
            sheet.write_string(number, place, cell, formats[row.kind])


def _width(table: Table, place: int) -> int:
    cells = [_in_pounds(row.cells[place]) for row in table.rows]
    shown = [len(str(cell)) for cell in cells if cell is not None]
    longest = max([*shown, len(table.head[place]) // 2])
    return min(max(longest + 2, NARROWEST), WIDEST)
