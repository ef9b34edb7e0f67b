"""A roster as CSV and as an Excel workbook: the same columns, and no cell runs as a formula."""

import io
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from booking.days.events import labels as event_labels
from booking.domain import english, spreadsheets, terms
from booking.foundation import csv_files
from booking.on_the_day.rosters.pages.choice import RosterOrder
from booking.on_the_day.rosters.pages.columns import ALERT
from booking.on_the_day.rosters.pages.figures import Kitchen
from booking.on_the_day.rosters.pages.roster import Roster

#: A typeface that Excel and LibreOffice both have in the same widths, so that lines are as counted.
_LETTERS = {"font_name": "Arial", "font_size": 10}
_BODY = {**_LETTERS, "text_wrap": True, "valign": "top", "num_format": "@"}
_HEAD = {**_LETTERS, "bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
#: How high one line is, and how high Excel lets a row be, in points.
_LINE, _HEIGHT_MAX = 13.5, 409
_A4 = 9
#: Excel refuses a longer head or foot of a printed sheet.
_FOOT_MAX = 250
#: What stands beside the title on the kitchen’s own sheet.
KITCHEN = "For the kitchen"
Cells = Sequence[Sequence[str | int]]


@dataclass(frozen=True)
class _Table:
    """One sheet of a workbook, or one part of a CSV file."""

    name: str
    rows: Cells
    widths: Sequence[int]
    #: How many columns stay in sight.
    frozen: int = 0


def cells(roster: Roster) -> list[list[str]]:
    """Return the header and the rows, in the order of the parts."""
    columns = roster.columns
    several = roster.choice.order is RosterOrder.WORKSHOP  # a pupil may stand there twice
    head = [column.heading for column in columns]
    found = [["Workshop", *head] if several else head]
    for part in roster.schools:
        for row in part.rows:
            line = [column.cell(row) for column in columns]
            found.append([part.name, *line] if several else line)
    return found


def as_csv(roster: Roster) -> bytes:
    """Return a CSV file: the roster, then its figures, each below an empty line."""
    found: list[Sequence[str | int]] = list(cells(roster))
    for table in _besides(roster):
        found += [[], *table.rows]
    return csv_files.as_file(found)


def as_xlsx(roster: Roster) -> bytes:
    """Return a workbook, ready to print: the roster, its figures, and a sheet for the kitchen."""
    content = io.BytesIO()
    # In memory on purpose: otherwise the library leaves children's names in temporary files.
    book = xlsxwriter.Workbook(content, {"in_memory": True, **spreadsheets.TEXT_STAYS_TEXT})
    book.set_properties(
        {"title": f"Roster: {roster.event.title}", "created": roster.made_at.replace(tzinfo=None)}
    )
    for table in [_pupils(roster), *_besides(roster)]:
        _write_sheet(book, table, roster)
    book.close()
    return content.getvalue()


def _pupils(roster: Roster) -> _Table:
    found = cells(roster)
    widths = [column.width for column in roster.columns]
    more = len(found[0]) - len(widths)
    return _Table("Roster", found, [26] * more + widths, frozen=2)


def _besides(roster: Roster) -> list[_Table]:
    """Return what stands on sheets of its own: figures, and what the kitchen cooks."""
    kitchen = [] if roster.only_extras else [_for_kitchen(roster.totals.kitchen, roster)]
    return [_figures(roster), *filter(None, kitchen)]


def _figures(roster: Roster) -> _Table:
    totals, event = roster.totals, roster.event
    led_by = ": ".join(filter(None, (event.led_by, ", ".join(roster.leaders))))
    lines: list[tuple[str, int | str | None]] = [
        ("Event", event.title),
        (event_labels.of("led_by"), led_by),
        ("Pupils", totals.pupils),
        ("Life-safety alerts", totals.alerts),
        ("Diets", totals.diets),
        ("Access needs", totals.access),
        ("Left out", ", ".join(roster.left_out) or None),
        ("Destroy after", _destroy(roster)),
    ]
    return _Table(
        "Figures", [(said, found) for said, found in lines if found is not None], (24, 60)
    )


def _for_kitchen(kitchen: Kitchen | None, roster: Roster) -> _Table | None:
    if kitchen is None:
        return None
    rows: Cells = [
        (KITCHEN, roster.event.title),
        ("Pupils", kitchen.pupils),
        *kitchen.codes,
        ("Meals, each pupil once", ""),
        *kitchen.meals,
        ("Destroy after", _destroy(roster)),
    ]
    return _Table("Kitchen", rows, (48, 30))


def _write_sheet(book: Any, table: _Table, roster: Roster) -> None:
    sheet = book.add_worksheet(table.name)
    head, body = book.add_format(_HEAD), book.add_format(_BODY)
    number = book.add_format({**_LETTERS, "valign": "top", "align": "left"})
    alert = book.add_format({**_BODY, "bold": True, "bg_color": "#FBE3D6"})
    for place, width in enumerate(table.widths):
        sheet.set_column(place, place, width)
    for at, row in enumerate(table.rows):
        sheet.set_row(at, _height(row, table.widths))
        for place, found in enumerate(row):
            if isinstance(found, int):
                sheet.write_number(at, place, found, number)
                continue
            is_alert = at and found and table.rows[0][place] == ALERT
            drawn = alert if is_alert else body if at else head
            sheet.write_string(at, place, spreadsheets.safe(found), drawn)
    if table.frozen:
        sheet.freeze_panes(1, table.frozen)
        sheet.autofilter(0, 0, len(table.rows) - 1, len(table.widths) - 1)
        sheet.repeat_rows(0)
    _for_paper(sheet, roster)


def _for_paper(sheet: Any, roster: Roster) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    on_top = english.plural(len(roster.rows), "pupil")
    if roster.totals.words:
        on_top += f": {roster.totals.words}"
    title = roster.event.title
    sheet.set_header(_foot("&L", title, on_top))
    sheet.set_footer(_foot("&L", f"Destroy after {_destroy(roster)}", "Page &P of &N", safe=False))


def _foot(left: str, first: str, second: str, *, safe: bool = True) -> str:
    """Return the head or foot of a printed sheet; an ampersand in it is a sign to Excel."""
    words = [text.replace("&", "&&") for text in (first, second)] if safe else [first, second]
    return f"{left}{words[0][: _FOOT_MAX - len(words[1])]}&R{words[1]}"


def _height(row: Sequence[str | int], widths: Sequence[int]) -> float:
    """Return how high a row has to be for its longest cell.

    A row without a height is one line high in LibreOffice, and what wraps is printed over the next.
    """
    lines = [
        sum(len(textwrap.wrap(line, max(width - 1, 1))) or 1 for line in found.splitlines() or [""])
        for found, width in zip(map(str, row), widths, strict=True)
    ]
    return min(max(lines, default=1) * _LINE + 2, _HEIGHT_MAX)


def _destroy(roster: Roster) -> str:
    return terms.day_text(roster.days.destroy_after)
