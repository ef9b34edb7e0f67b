"""The ledger as CSV for spreadsheets: a row for each line; nothing in it is run as a formula."""

import csv
import io
from collections.abc import Iterator

from booking.domain import ledger, spreadsheets
from booking.money.fund import queries
from booking.money.fund.exports.beancount import amount
from booking.money.fund.models import Entry, EntryLine
from booking.money.fund.queries import LedgerMark

HEAD = [
    "Entry",
    "Date",
    "Kind",
    "Description",
    "Event",
    "School",
    "Account",
    "Fund",
    "Pounds",
    "For",
    "Reason",
    "Reverses",
]
#: Tells spreadsheets that the file is in UTF-8.
BOM = "\ufeff"


def lines(mark: LedgerMark) -> Iterator[str]:
    """Yield the whole file."""
    yield BOM + _row(HEAD)
    for entry in queries.whole(mark.last_id):
        yield "".join(_row(cells(entry, line)) for line in entry.lines)


def cells(entry: Entry, line: EntryLine) -> list[str]:
    """Return the cells of one line, none of which a spreadsheet runs."""
    safe = spreadsheets.safe
    return [
        safe(entry.key),
        entry.entered_on.isoformat(),
        ledger.KIND_NAMES[ledger.EntryKind(entry.kind)],
        safe(entry.description),
        safe(entry.event.title) if entry.event else "",
        entry.school,
        line.account,
        line.fund.value,
        amount(line.pence),
        safe(line.memo),
        safe(entry.reason),
        safe(entry.reverses.key) if entry.reverses else "",
    ]


def _row(cells: list[str]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow(cells)
    return written.getvalue()
