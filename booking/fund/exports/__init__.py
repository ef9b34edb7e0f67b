"""The whole ledger as a file: for a spreadsheet, for Beancount and for hledger.

Each format yields its text piece by piece, so that a ledger of any length fits in memory.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from booking.fund.exports import beancount, hledger, spreadsheet
from booking.fund.queries import Mark

#: Raised when the same ledger would give another file.
VERSION = 1


@dataclass(frozen=True)
class Format:
    """A kind of file: what it is called on the command line, its ending, and its lines."""

    name: str
    ending: str
    lines: Callable[[Mark], Iterator[str]]


FORMATS = (
    Format("beancount", "beancount", beancount.lines),
    Format("hledger", "journal", hledger.lines),
    Format("csv", "csv", spreadsheet.lines),
)
BY_NAME: Mapping[str, Format] = {each.name: each for each in FORMATS}
BY_ENDING: Mapping[str, Format] = {each.ending: each for each in FORMATS}
