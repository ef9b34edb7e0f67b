"""The whole ledger as a file: for a spreadsheet, for Beancount and for hledger.

Each format yields its file piece by piece, so that a ledger of any length fits in memory.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from booking.money.fund.exports import beancount, hledger, spreadsheet, workbook
from booking.money.fund.queries import LedgerMark

#: Increased whenever the same ledger would give a different file.
VERSION = 4


@dataclass(frozen=True)
class Format:
    """A kind of file: its name on the command line, its ending, and its pieces."""

    name: str
    ending: str
    pieces: Callable[[LedgerMark], Iterator[bytes]]


def written(
    lines: Callable[[LedgerMark], Iterator[str]],
) -> Callable[[LedgerMark], Iterator[bytes]]:
    """Return the pieces of a text file."""
    return lambda mark: (line.encode() for line in lines(mark))


FORMATS = (
    Format("beancount", "beancount", written(beancount.lines)),
    Format("hledger", "journal", written(hledger.lines)),
    Format("csv", "csv", written(spreadsheet.lines)),
    Format("xlsx", "xlsx", workbook.pieces),
)
BY_NAME: Mapping[str, Format] = {each.name: each for each in FORMATS}
BY_ENDING: Mapping[str, Format] = {each.ending: each for each in FORMATS}
