"""A CSV file as other systems export it: its encoding, separator, header and rows."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass

from booking.foundation.tables.refusals import (
    FileTooLarge,
    NothingInFile,
    NotReadable,
    TooManyRows,
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
    "SheetWording",
    "TooManyRows",
    "WrongEncoding",
    "read",
]

BYTES_MAX = 1024 * 1024
ROWS_MAX = 2_000
COLUMNS_MAX = 200
#: Some systems print titles ("Pupils of 2026/27") above the header.
TITLE_LINES_MAX = 10
SEPARATORS = ",;\t"
#: How other kinds of file begin, and what they are.
_OTHER_FILES = {
    b"PK\x03\x04": "an Excel workbook",
    b"\xd0\xcf\x11\xe0": "an Excel workbook",
    b"%PDF": "a PDF",
    b"\xff\xfe": "“Unicode text”",
    b"\xfe\xff": "“Unicode text”",
}


class NotACsvFile(NotReadable):
    """The file is a workbook, a PDF, or not text at all."""


class WrongEncoding(NotReadable):
    """The encoding is neither UTF-8 nor Windows-1252."""


@dataclass(frozen=True)
class SheetWording:
    """What refusals say to the person who chose the file, for one kind of file."""

    #: What a row is, in the plural.
    rows: str
    #: Which file to choose instead of an empty one.
    choose: str
    #: What to do about a file that is too large, or too long.
    smaller: str
    shorter: str


@dataclass(frozen=True)
class SheetRow:
    """One row: the line of the file on which it ends, and its cells."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """The header and the rows under it; rows with nothing in them are left out."""

    header: tuple[str, ...]
    rows: tuple[SheetRow, ...]


def read(content: bytes, *, wording: SheetWording, is_header: Callable[[list[str]], bool]) -> Sheet:
    """Read a file's bytes. Raises a NotReadable.

    `is_header` recognises the header, which may have titles above it.
    """
    _check_bytes(content, wording)
    lines = _lines(_text(content))
    found = next((n for n, row in enumerate(lines[:TITLE_LINES_MAX]) if is_header([*row.cells])), 0)
    rows = tuple(row for row in lines[found + 1 :] if any(row.cells))
    if not rows:
        raise NothingInFile(
            f"There are no {wording.rows} in this file. Choose one with a header and a row for "
            "each."
        )
    if len(rows) > ROWS_MAX:
        raise TooManyRows(
            f"This file has {len(rows):,} rows, but the limit is {ROWS_MAX:,}. {wording.shorter}"
        )
    return Sheet(lines[found].cells, rows)


def _check_bytes(content: bytes, wording: SheetWording) -> None:
    if not content.strip():
        raise NothingInFile(f"This file is empty. {wording.choose}")
    if len(content) > BYTES_MAX:
        raise FileTooLarge(f"This file is larger than 1 MB. {wording.smaller}")
    for beginning, kind in _OTHER_FILES.items():
        if content.startswith(beginning):
            raise NotACsvFile(f"This file is {kind}. Save it as “CSV UTF-8” and choose that file.")
    if b"\0" in content:
        raise NotACsvFile(
            "This file is not plain text. Save it as “CSV UTF-8” and choose that file."
        )


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise WrongEncoding(
        "Some letters in this file cannot be read. Save it as “CSV UTF-8” and choose that file."
    )


def _lines(text: str) -> list[SheetRow]:
    separator, text = _separator(text)
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=separator, strict=True, skipinitialspace=True
    )
    found = []
    try:
        for cells in reader:
            if len(cells) > COLUMNS_MAX:
                raise NotACsvFile(f"Line {reader.line_num} has more than {COLUMNS_MAX} columns.")
            found.append(SheetRow(reader.line_num, tuple(cell.strip() for cell in cells)))
    except csv.Error as error:
        raise NotACsvFile(
            f"Line {reader.line_num} cannot be read: its quotation marks do not match. "
            "Save it as “CSV UTF-8” again and choose that file."
        ) from error
    return found


def _separator(text: str) -> tuple[str, str]:
    """Return the column separator, and the text without Excel's own line about it."""
    first, _, rest = text.lstrip("\r\n").partition("\n")
    named = first.strip().removeprefix("sep=")
    if first.startswith("sep=") and named in SEPARATORS:
        return named or "\t", "\n" + rest
    # Titles above the header may contain a comma; the header has the most separators.
    top = text.splitlines()[:TITLE_LINES_MAX]
    most = {mark: max((line.count(mark) for line in top), default=0) for mark in SEPARATORS}
    return max(SEPARATORS, key=lambda mark: most[mark]), text
