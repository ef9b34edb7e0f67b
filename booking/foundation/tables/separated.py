"""Cells from text: records cut at a separator, each by itself, whatever its neighbours hold.

Written anew because the standard library's reader lets one quotation mark swallow the rest of a
file. Here a quoted cell may go on over several lines only if it ends as a cell ends; else its mark
is a letter like others, and its record alone is odd.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from booking.foundation.tables.records import Record

#: What a person can choose, and what it is called.
CHOICES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "upright bar"}
#: A cell of more lines is none: its quotation mark was never closed.
CELL_LINES_MAX = 50
#: A record is cut into no more cells: no table of ours has so many columns.
CELLS_MAX = 400
_NAMING = "sep="
_SPACES = re.compile(" *")


@dataclass(frozen=True)
class _Cells:
    cells: tuple[str, ...]
    #: The last cell began with a quotation mark that nothing closes.
    is_open: bool = False
    #: A quotation mark stands where none belongs.
    is_odd: bool = False


def lines_of(text: str) -> list[str]:
    """Return the lines of a text, whichever system ended them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def named_in(lines: Sequence[str]) -> tuple[str | None, int]:
    """Return the separator that Excel's own first line names, and how many lines that takes."""
    if lines and lines[0].casefold().startswith(_NAMING):
        named = lines[0][len(_NAMING) :].strip(" ") or "\t"
        if named[0] in CHOICES:
            return named[0], 1
    return None, 0


def records(
    lines: Sequence[str], separator: str, *, start: int = 0, width: int | None = None
) -> Iterator[Record]:
    """Yield the records from a line on; those with nothing in them are passed over.

    `width` is the number of columns, when it is known.
    """
    at = start
    while at < len(lines):
        if not lines[at]:
            at += 1
            continue
        found, after = _record(lines, at, separator, width)
        if any(found.cells):
            yield Record(at + 1, found.cells, found.is_odd)
        at = after


def _record(lines: Sequence[str], at: int, separator: str, width: int | None) -> tuple[_Cells, int]:
    """Return the record that begins on a line, and the line after it."""
    found = _cells(lines[at], separator)
    if not found.is_open:
        return found, at + 1
    text, after = lines[at], at + 1
    while after < min(len(lines), at + CELL_LINES_MAX):
        text = f"{text}\n{lines[after]}"
        after += 1
        if '"' not in lines[after - 1]:
            continue
        longer = _cells(text, separator)
        if longer.is_odd or (width is not None and len(longer.cells) > width):
            break
        if not longer.is_open:
            return longer, after
    return _cells(lines[at], separator, marks_are_letters=True), at + 1


def _cells(text: str, separator: str, *, marks_are_letters: bool = False) -> _Cells:
    """Return the cells of a text. With `marks_are_letters` a mark that nothing closes is one."""
    if '"' not in text:
        cut = text.split(separator, CELLS_MAX)
        return _Cells(tuple(cell.strip() for cell in cut))
    cells: list[str] = []
    at, odd = 0, False
    while at <= len(text) and len(cells) < CELLS_MAX:
        start = _past_spaces(text, at)
        if text[start : start + 1] == '"':
            end, is_clean = _closing(text, start, separator)
            odd |= not is_clean
            if end is not None:
                cells.append(text[start + 1 : end].replace('""', '"').strip())
                at = _next(text, end + 1, separator)
                continue
            if not marks_are_letters:
                return _Cells((*cells, text[start + 1 :].strip()), is_open=True, is_odd=odd)
        end = text.find(separator, at)
        end = len(text) if end < 0 else end
        odd |= '"' in text[at:end]
        cells.append(text[at:end].strip())
        at = end + 1
    return _Cells(tuple(cells), is_odd=odd)


def _closing(text: str, start: int, separator: str) -> tuple[int | None, bool]:
    """Return where the cell that a mark opens is closed, and whether no mark within is odd."""
    at, is_clean = start + 1, True
    while (at := text.find('"', at)) >= 0:
        if text[at + 1 : at + 2] == '"':
            at += 2
            continue
        after = _past_spaces(text, at + 1)
        if text[after : after + 1] in {"", separator}:
            return at, is_clean
        is_clean = False
        at += 1
    return None, is_clean


def _past_spaces(text: str, at: int) -> int:
    found = _SPACES.match(text, at)
    return found.end() if found else at


def _next(text: str, at: int, separator: str) -> int:
    """Return where the cell after a closed one begins; past the end when there is none."""
    end = text.find(separator, at)
    return len(text) + 1 if end < 0 else end + 1
