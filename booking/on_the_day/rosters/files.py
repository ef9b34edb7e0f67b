"""A roster as CSV and as an Excel workbook: the same columns, and no cell runs as a formula."""

import io
from typing import Any

import xlsxwriter

from booking.domain import spreadsheets, terms
from booking.foundation import csv_files
from booking.on_the_day.rosters.pages.roster import Roster


def cells(roster: Roster) -> list[list[str]]:
    """Return the header and the rows."""
    columns = roster.columns
    return [
        [column.heading for column in columns],
        *([column.cell(row) for column in columns] for row in roster.rows),
    ]


def as_csv(roster: Roster) -> bytes:
    """Return a CSV file."""
    return csv_files.as_file(cells(roster))


def as_xlsx(roster: Roster) -> bytes:
    """Return a workbook with one sheet, ready to print."""
    content = io.BytesIO()
    # In memory on purpose: otherwise the library leaves children's names in temporary files.
    book = xlsxwriter.Workbook(content, {"in_memory": True, **spreadsheets.TEXT_STAYS_TEXT})
    book.set_properties(
        {"title": f"Roster: {roster.event.title}", "created": roster.made_at.replace(tzinfo=None)}
    )
    _write_sheet(book, book.add_worksheet("Roster"), roster)
    book.close()
    return content.getvalue()


def _write_sheet(book: Any, sheet: Any, roster: Roster) -> None:
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    body = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    found = cells(roster)
    for place, column in enumerate(roster.columns):
        sheet.set_column(place, place, column.width)
    for number, row in enumerate(found):
        for place, text in enumerate(row):
            sheet.write_string(
                number, place, spreadsheets.safe(text), head if number == 0 else body
            )
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, len(found) - 1, len(roster.columns) - 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    destroy = terms.day_text(roster.days.destroy_after)
    sheet.set_footer(f"&LDestroy after {destroy}&RPage &P of &N")
