"""The ledger as CSV for spreadsheets: a row for each line, and nothing that runs as a formula."""

from collections.abc import Iterator
from decimal import Decimal

from booking.domain import ledger
from booking.foundation import csv_files
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


def lines(mark: LedgerMark) -> Iterator[str]:
    """Yield the whole file."""
    yield csv_files.BOM + csv_files.line(HEAD)
    for entry in queries.whole(mark.last_id):
        yield "".join(csv_files.line(cells(entry, line)) for line in entry.lines)


def cells(entry: Entry, line: EntryLine) -> list[csv_files.Cell]:
    """Return the cells of one line."""
    return [
        entry.key,
        entry.entered_on,
        ledger.KIND_NAMES[ledger.EntryKind(entry.kind)],
        entry.title,
        entry.event.title if entry.event else "",
        entry.of_school.name if entry.of_school else entry.school,
        line.account,
        line.fund.value,
        Decimal(amount(line.pence)),
        line.memo,
        entry.reason,
        entry.reverses.key if entry.reverses else "",
    ]
