"""The ledger as an Excel workbook: every line, and each account's balance in each fund."""

import io
from collections.abc import Iterator
from typing import Any

import xlsxwriter

from booking.domain import spreadsheets
from booking.domain.ledger import accounts
from booking.money.fund import queries
from booking.money.fund.exports import spreadsheet
from booking.money.fund.models import Entry, EntryLine
from booking.money.fund.queries import LedgerMark

#: A sheet holds 1,048,576 rows; a longer ledger continues on the next one.
ROWS_MAX = 1_000_000
POUNDS = "#,##0.00;[Red]-#,##0.00"
WIDTHS = (26, 11, 20, 36, 26, 18, 30, 9, 12, 22, 26, 26)
POUNDS_COLUMN, DATE_COLUMN = spreadsheet.HEAD.index("Pounds"), spreadsheet.HEAD.index("Date")


def pieces(mark: LedgerMark) -> Iterator[bytes]:
    """Yield the whole file. Rows go to disk as they are written, so a long ledger fits in memory.

    The ledger names no pupil, so the library's temporary files may hold it.
    """
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"constant_memory": True, **spreadsheets.TEXT_STAYS_TEXT})
    _balances(book, mark)
    _lines(book, mark)
    book.close()
    yield content.getvalue()


def _lines(book: Any, mark: LedgerMark) -> None:
    number, sheet = ROWS_MAX, None
    pounds = book.add_format({"num_format": POUNDS})
    day = book.add_format({"num_format": "d mmm yyyy", "align": "left"})
    for entry in queries.whole(mark.last_id):
        for line in entry.lines:
            if number == ROWS_MAX:
                number, sheet = 0, _sheet(book, f"Lines {len(book.worksheets())}")
            number += 1
            _row(sheet, number, entry, line, pounds, day)
    if sheet is None:
        _sheet(book, "Lines 1")


def _sheet(book: Any, name: str) -> Any:
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bottom": 1})
    for place, words in enumerate(spreadsheet.HEAD):
        sheet.set_column(place, place, WIDTHS[place])
        sheet.write_string(0, place, words, head)
    sheet.freeze_panes(1, 0)
    return sheet


def _row(sheet: Any, number: int, entry: Entry, line: EntryLine, pounds: Any, day: Any) -> None:
    for place, cell in enumerate(spreadsheet.cells(entry, line)):
        if place == POUNDS_COLUMN:
            # The workbook's numbers are pounds, exact to far less than a penny.
            sheet.write_number(number, place, line.pence / 100, pounds)
        elif place == DATE_COLUMN:
            sheet.write_datetime(number, place, entry.entered_on, day)
        else:
            sheet.write_string(number, place, spreadsheets.safe(str(cell)))


def _balances(book: Any, mark: LedgerMark) -> None:
    """Write every account's balance in every fund: the sheet that opens first."""
    sheet = book.add_worksheet("Balances")
    head, pounds = book.add_format({"bold": True}), book.add_format({"num_format": POUNDS})
    held = queries.balances_up_to(mark.last_id)
    funds = [(row.name, row.title) for row in queries.all_funds()]
    names = [*accounts.NAMES, *sorted({name for name, _ in held} - set(accounts.NAMES))]
    for place, words in enumerate(["Account", "Name", *(title for _, title in funds), "All funds"]):
        sheet.set_column(place, place, 30 if place < 2 else 14)
        sheet.write_string(0, place, words, head)
    used = (name for name in names if any(held.get((name, fund)) for fund, _ in funds))
    for number, name in enumerate(used, start=1):
        sheet.write_string(number, 0, name)
        sheet.write_string(number, 1, accounts.title(name))
        amounts = [held.get((name, fund), 0) for fund, _ in funds]
        for place, pence in enumerate([*amounts, sum(amounts)], start=2):
            sheet.write_number(number, place, pence / 100, pounds)
