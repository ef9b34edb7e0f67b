"""Read a table that somebody else wrote; `booking.foundation.tables` says how a dialect uses it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from booking.foundation.tables import encodings, headers, kinds, separated, workbooks
from booking.foundation.tables.records import (
    NO_HEADER,
    OmittedRecord,
    ReadTable,
    Record,
    TableChoices,
    TableDialect,
    TableGuess,
    folded,
)
from booking.foundation.tables.refusals import (
    FileTooLarge,
    NoSuchChoice,
    NothingInFile,
    TooManyColumns,
    TooManyRows,
)

BYTES_MAX = 1024 * 1024
#: A page that carries a workbook has to fit into one request, which a workbook's bytes only grow
#: for; text is packed.
WORKBOOK_BYTES_MAX = 800 * 1024
ROWS_MAX = 2_000
COLUMNS_MAX = 200
#: A longer cell holds no name, address or amount; what reads cells need not be afraid of one.
CELL_MAX = 2_000
#: So much of a title is read.
TITLE_MAX = 200
#: Lines of the file shown and offered as its header.
TOP_SHOWN = 12
_HEADER_AGAIN, _FOOTER = "The header, repeated.", "A total or a footer."
_GUESSING: TableChoices = TableChoices()
_NOTHING_REMEMBERED: Mapping[str, str] = {}


def read(
    content: bytes | str,
    dialect: TableDialect,
    *,
    choices: TableChoices = _GUESSING,
    remembered: Mapping[str, str] = _NOTHING_REMEMBERED,
) -> ReadTable:
    """Read a file's bytes, or text that was pasted. Raises a NotReadable.

    `choices` say how it is to be read, where a person knows better; `remembered` what columns were
    pointed at in earlier files, by their folded titles.
    """
    _check_bytes(content, dialect)
    if isinstance(content, bytes) and kinds.is_workbook(content):
        guess, rows = _of_workbook(content, dialect, choices, remembered)
    else:
        guess, rows = _of_text(content, dialect, choices, remembered)
    _check_rows(rows, dialect)
    return _sifted(guess, rows, dialect, choices, remembered)


def _check_bytes(content: bytes | str, dialect: TableDialect) -> None:
    raw = content.encode(errors="replace") if isinstance(content, str) else content
    if not raw.removeprefix(b"\xef\xbb\xbf").strip():
        raise NothingInFile(f"This file is empty. {dialect.choose}")
    if len(raw) > BYTES_MAX:
        raise FileTooLarge(f"This file is larger than 1 MB. {dialect.smaller}")
    if len(raw) > WORKBOOK_BYTES_MAX and raw.startswith(b"PK"):
        raise FileTooLarge(
            f"This workbook is larger than 800 KB. {dialect.smaller} Or save it as “CSV UTF-8”."
        )


def _check_rows(rows: Sequence[Record], dialect: TableDialect) -> None:
    if len(rows) > ROWS_MAX + headers.TOP_LINES_MAX:
        raise TooManyRows(
            f"This file has more than {ROWS_MAX:,} rows, which is the limit. {dialect.shorter}"
        )
    if all(len(row.cells) > COLUMNS_MAX for row in rows):
        raise TooManyColumns(
            f"This file has more than {COLUMNS_MAX} columns, which is the limit. {dialect.smaller}"
        )


def _of_workbook(
    content: bytes,
    dialect: TableDialect,
    choices: TableChoices,
    remembered: Mapping[str, str],
) -> tuple[TableGuess, list[Record]]:
    """Return the rows of the sheet that explains most, or of the one chosen."""
    sheets = workbooks.sheets(
        content, rows_max=ROWS_MAX + headers.TOP_LINES_MAX, columns_max=COLUMNS_MAX
    )
    if not sheets:
        raise NothingInFile(f"This workbook is empty. {dialect.choose}")
    if choices.sheet is not None and choices.sheet not in sheets:
        raise NoSuchChoice
    best = choices.sheet or max(
        sheets, key=lambda title: max(_scores(_top(sheets[title]), dialect, remembered), default=0)
    )
    return TableGuess(sheet=best, sheets=tuple(sheets)), sheets[best]


def _of_text(
    content: bytes | str,
    dialect: TableDialect,
    choices: TableChoices,
    remembered: Mapping[str, str],
) -> tuple[TableGuess, list[Record]]:
    """Return the rows of a text, cut at the separator with which its header explains most."""
    encoding = None
    if isinstance(content, bytes):
        content, encoding = encodings.text_of(content, choices.encoding)
    lines = separated.lines_of(content)
    named, start = separated.named_in(lines)
    separator = choices.separator or named or _separator(lines[start:], dialect, remembered)
    if separator not in separated.CHOICES:
        raise NoSuchChoice
    rows = _some(separated.records(lines, separator, start=start))
    if not rows:
        raise NothingInFile(f"This file is empty. {dialect.choose}")
    header = _header(rows, dialect, choices, remembered)
    width = len(header.cells) if header else _usual_width(rows)
    # Now that the number of columns is known, quotation marks that do not match are found out.
    below = header.line - 1 if header else start
    again = _some(separated.records(lines, separator, start=below, width=width))
    above = [row for row in rows if row.line - 1 < below]
    return TableGuess(encoding, separator), [*above, *again]


def _separator(lines: Sequence[str], dialect: TableDialect, remembered: Mapping[str, str]) -> str:
    """Return what a text is separated by: titles explained decide, then cells of equal number."""

    def merit(separator: str) -> tuple[int, int]:
        top = _top(list(separated.records(lines[: 2 * headers.TOP_LINES_MAX], separator)))
        widths = Counter(len(row.cells) for row in top if len(row.cells) > 1)
        width, count = max(widths.items(), key=lambda one: one[1], default=(0, 0))
        return max(_scores(top, dialect, remembered), default=0), count * min(width, 20)

    return max(separated.CHOICES, key=merit)


def _top(rows: Sequence[Record]) -> Sequence[Record]:
    return [row for row in rows[: headers.TOP_LINES_MAX] if row.line <= 4 * headers.TOP_LINES_MAX]


def _scores(
    rows: Sequence[Record], dialect: TableDialect, remembered: Mapping[str, str]
) -> list[int]:
    """Return how many columns each row explains, by the dialect or by what was pointed at once."""
    return [
        dialect.explains(titles) + sum(folded(title) in remembered for title in titles if title)
        for titles in map(_titles, rows)
    ]


def _titles(row: Record) -> list[str]:
    """Return the cells of a row as titles; what is too long for one is none."""
    return [cell if len(cell) <= TITLE_MAX else "" for cell in row.cells[:COLUMNS_MAX]]


def _header(
    rows: Sequence[Record],
    dialect: TableDialect,
    choices: TableChoices,
    remembered: Mapping[str, str],
) -> Record | None:
    """Return the row that names the columns, or None where none does."""
    if choices.header_line == NO_HEADER:
        return None
    if choices.header_line is not None:
        chosen = next((row for row in rows if row.line == choices.header_line), None)
        if chosen is None:
            raise NoSuchChoice
        return chosen
    top = _top(rows)
    return headers.explaining_best(top, _scores(top, dialect, remembered), dialect.is_value)


def _some(rows: Iterator[Record]) -> list[Record]:
    """Return the rows, one more than allowed at most: that is enough to know."""
    return list(islice(rows, ROWS_MAX + headers.TOP_LINES_MAX + 1))


def _usual_width(rows: Sequence[Record]) -> int:
    return Counter(len(row.cells) for row in rows).most_common(1)[0][0]


def _sifted(
    guess: TableGuess,
    rows: Sequence[Record],
    dialect: TableDialect,
    choices: TableChoices,
    remembered: Mapping[str, str],
) -> ReadTable:
    """Part the records that are read from those left out, under the header that is found."""
    found = _header(rows, dialect, choices, remembered)
    below = [row for row in rows if found is None or row.line > found.line]
    width = min(len(found.cells) if found else _usual_width(below), COLUMNS_MAX)
    header = (
        tuple(cell[:TITLE_MAX] for cell in found.cells[:width])
        if found
        else tuple(f"Column {n + 1}" for n in range(width))
    )
    if not below:
        raise NothingInFile(
            f"There are no {dialect.rows} in this file. Choose one with a header and a row for "
            "each."
        )
    if len(below) > ROWS_MAX:
        raise TooManyRows(
            f"This file has more than {ROWS_MAX:,} rows, which is the limit. {dialect.shorter}"
        )
    sifted = [(row, _why_not(row, header)) for row in below]
    return ReadTable(
        header,
        tuple(row for row, why in sifted if not why),
        tuple(_omitted(row, why) for row, why in sifted if why),
        replace(
            guess,
            header_line=found.line if found else NO_HEADER,
            top=tuple((row.line, row.cells) for row in rows[:TOP_SHOWN]),
        ),
        _pointed(header, choices, remembered),
    )


def _omitted(row: Record, why: str) -> OmittedRecord:
    is_record = why not in {_HEADER_AGAIN, _FOOTER}
    return OmittedRecord(row.line, row.shown, why, row.cells, is_record)


def _why_not(row: Record, header: Sequence[str]) -> str:
    """Return why a row is left out, or an empty text."""
    if headers.is_header_again(row.cells, header):
        return _HEADER_AGAIN
    if headers.is_footer(row.cells):
        return _FOOTER
    return _broken(row, len(header))


def _broken(row: Record, width: int) -> str:
    """Return why a record cannot be read, or an empty text."""
    if any(encodings.is_unreadable(cell) for cell in row.cells):
        return "Some letters in this row cannot be read in the file’s encoding."
    if any(len(cell) > CELL_MAX for cell in row.cells):
        return f"A cell in this row is longer than {CELL_MAX:,} characters."
    if row.is_odd and len(row.cells) != width:
        return "The quotation marks in this row do not match."
    if any(row.cells[width:]):
        return (
            "This row has more cells than the file has columns. If a name contains a comma, put "
            "quotation marks around it."
        )
    return ""


def _pointed(
    header: Sequence[str], choices: TableChoices, remembered: Mapping[str, str]
) -> dict[int, str]:
    """Return what columns are pointed at: now, or else in an earlier file."""
    earlier = {
        place: remembered[folded(title)]
        for place, title in enumerate(header)
        if folded(title) in remembered
    }
    now = {place: fact for place, fact in choices.columns.items() if place < len(header)}
    return {place: fact for place, fact in {**earlier, **now}.items() if fact}
