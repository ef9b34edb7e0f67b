"""Which row names the columns, and which rows are none: totals, footers, the header once more."""

import re
from collections.abc import Callable, Sequence

from booking.foundation.tables.records import Record, folded

#: Reports print titles, dates and filters above the header.
TOP_LINES_MAX = 30
#: So much of a cell is looked at to see whether it is a value.
LOOKED_AT = 100
_FOOTER = re.compile(
    r"(?:(?:grand |sub[- ]?)?totals?|page \d+|printed|produced|generated|exported|created|"
    r"report (?:run|printed|produced|generated|created|date)|end of|number of|no\.? of|count|"
    r"records?:|\d+ (?:pupils?|students?|records?|rows?|lines?|items?)|©|copyright|confidential)"
    r"(?![a-z])",
    re.I,
)
_NUMBER = re.compile(r"[-+(£ ]*(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\)?%?")
#: A row with one of these is data and no header.
_VALUE = re.compile(
    r"[-+(£ ]*[\d,]*\.?\d+\)?|.*@.*|\d{1,4}[-/. ](?:\d{1,2}|[a-z]{3,9})[-/. ]\d{2,4}.*", re.I
)


def explaining_best(
    rows: Sequence[Record], scores: Sequence[int], is_value: Callable[[str], bool]
) -> Record | None:
    """Return the row that explains most of the columns; None when no row names any.

    Where no title is known, the first row is taken that could be a header at all.
    """
    best = max(scores, default=0)
    if best:
        return rows[scores.index(best)]
    first = next((row for row in rows if sum(map(bool, row.cells)) > 1), None)
    if first is None:
        return None
    cells = [cell[:LOOKED_AT] for cell in first.cells if cell]
    holds_values = any(_VALUE.fullmatch(cell) or is_value(cell) for cell in cells)
    return None if holds_values else first


def is_footer(cells: Sequence[str]) -> bool:
    """Return whether a row is a total, or what a report prints below its records."""
    filled = [cell for cell in cells if cell]
    return bool(filled and _FOOTER.match(filled[0])) and all(
        _NUMBER.fullmatch(cell) for cell in filled[1:]
    )


def is_header_again(cells: Sequence[str], header: Sequence[str]) -> bool:
    """Return whether a row is the header, printed once more on the next page."""
    return [folded(cell) for cell in cells if cell] == [folded(title) for title in header if title]
