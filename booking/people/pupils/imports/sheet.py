"""A list of pupils as a CSV file, read as all CSV files are, with messages about pupils."""

from collections.abc import Callable

from booking.foundation.web import sheets
from booking.foundation.web.sheets import (
    BYTES_MAX,
    COLUMNS_MAX,
    ROWS_MAX,
    FileTooLarge,
    NotACsvFile,
    NothingInFile,
    NotReadable,
    Sheet,
    SheetRow,
    TooManyRows,
    WrongEncoding,
)

__all__ = [
    "BYTES_MAX",
    "COLUMNS_MAX",
    "ROWS_MAX",
    "FileTooLarge",
    "NotACsvFile",
    "NotReadable",
    "NothingInFile",
    "Sheet",
    "SheetRow",
    "TooManyRows",
    "WrongEncoding",
    "read",
]

WORDING = sheets.SheetWording(
    rows="pupils",
    choose="Choose the list that your system exported.",
    smaller="Export only names, years and parents.",
    shorter="Export only the year groups that you need.",
)


def read(content: bytes, *, is_header: Callable[[list[str]], bool]) -> Sheet:
    """Read a file's bytes. Raises a NotReadable."""
    return sheets.read(content, wording=WORDING, is_header=is_header)
