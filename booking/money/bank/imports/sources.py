"""Files of banks that are no tables, written as the table that they stand for.

OFX, the pages that some banks call .xls, and text of “Date: …” lines become a table with a header,
which the tolerant reader then takes like any other. What we do not read is named for what it is,
with what to choose at the bank instead.

OFX is read by its tags alone. ofxparse was last released in 2021; ofxtools is kept, but holds a
file to the whole standard, so that one transaction, or a header that a bank writes in its own way,
costs all the others.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser

from booking.foundation.tables import encodings
from booking.foundation.tables.refusals import NotATable
from booking.money.bank.imports import cells

_TAG = re.compile(r"<(/?)([A-Za-z0-9.]+)>([^<\r\n]*)")
_OFX_STARTS = re.compile(
    rb"\s*(?:OFXHEADER\s*:|<\?OFX\b|<\?xml[^>]*>\s*<\?OFX\b|<OFX>)", re.IGNORECASE
)
_HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table)\b", re.IGNORECASE
)
_SPOKEN = re.compile(r"(Date|Description|Amount|Balance)\s*:\s*(.*)", re.IGNORECASE)
_COMMA = re.compile(r"[+-]?\d+,\d{2}")
OFX_TITLES = ("Date", "Name", "Memo", "Type", "Amount", "Account number", "Currency", "Status")
SPOKEN_TITLES = ("Date", "Description", "Amount", "Balance")
_INSTEAD = (
    "At your bank choose CSV, or else OFX (often called “Money” or “Quicken”), and export it again."
)
#: What banks offer beside CSV and we do not read, by how it begins.
_OTHERS = (
    (re.compile(rb"%PDF"), "a PDF"),
    (re.compile(rb"\s*!Type:", re.IGNORECASE), "a QIF file"),
    (re.compile(rb"\s*(?:\{1:F|:20:)"), "an MT940 file"),
    (
        re.compile(rb"\s*<(?:\?xml|Document)[^\0]{0,600}camt\.05", re.IGNORECASE),
        "a CAMT file (ISO 20022)",
    ),
)


@dataclass(frozen=True)
class SourceTable:
    """What is to be read as a table, and what the file says besides."""

    content: bytes | str
    #: What the account held after the last line, where the file says it apart from the lines.
    closing_pence: int | None = None


def as_table(content: bytes | str) -> SourceTable:
    """Return a file as a table, unless it is one already. Raises NotATable."""
    raw = content.encode() if isinstance(content, str) else content
    start = raw.removeprefix(b"\xef\xbb\xbf")[:2_000]
    for beginning, kind in _OTHERS:
        if beginning.match(start):
            raise NotATable(f"This is {kind}, which we do not read. {_INSTEAD}")
    if _OFX_STARTS.match(start):
        return _of_ofx(_text(content))
    if _HTML.match(start):
        return SourceTable(_of_page(_text(content)) or content)
    if start[:2] in {b"PK", b"\xd0\xcf"} or b"Date" not in raw:
        return SourceTable(content)
    return SourceTable(_of_spoken(_text(content)) or content)


def _text(content: bytes | str) -> str:
    return content if isinstance(content, str) else encodings.text_of(content)[0]


def _written(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as lines of quoted cells, parted by tabs; one without cells is a blank line."""
    return "\n".join(
        "\t".join('"' + " ".join(cell.split()).replace('"', '""') + '"' for cell in row)
        for row in rows
    )


def _of_ofx(text: str) -> SourceTable:
    rows: list[Sequence[str]] = [OFX_TITLES]
    closing, dated = "", ""
    for kind, found in _aggregates(text):
        if kind == "LEDGERBAL":
            closing, dated = found.get("BALAMT", ""), found.get("DTASOF", "")
        else:
            rows.append(_of_transaction(found, pending=kind == "STMTTRNP"))
    if len(rows) == 1:
        raise NotATable(
            "This OFX file holds no transactions of an account. Choose the account and the days at "
            "your bank, and export it again."
        )
    latest = max((row[0] for row in rows[1:] if cells.is_day(row[0])), default="")
    holds = bool(closing) and _day(dated) >= latest and cells.is_amount(_point(closing))
    return SourceTable(_written(rows), cells.amount(_point(closing)) if holds else None)


def _aggregates(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each transaction, and each balance, with its parts and those of its account.

    Tags of this format need not be closed: a transaction also ends where the next one begins.
    """
    account: dict[str, str] = {}
    kind = ""
    found: dict[str, str] = {}
    for match in _TAG.finditer(text):
        closes, tag, value = match[1], match[2].upper(), unescape(match[3]).strip()
        if tag in {"STMTTRN", "STMTTRNP", "LEDGERBAL", "AVAILBAL", "BANKTRANLIST", "STMTRS"}:
            if kind in {"STMTTRN", "STMTTRNP", "LEDGERBAL"} and found:
                yield kind, {**account, **found}
            kind, found = "" if closes else tag, {}
        elif closes:
            continue
        elif kind in {"STMTTRN", "STMTTRNP", "LEDGERBAL"}:
            found.setdefault(tag, value)
        elif tag in {"ACCTID", "CURDEF"}:
            account[tag] = value
    if kind in {"STMTTRN", "STMTTRNP", "LEDGERBAL"} and found:
        yield kind, {**account, **found}


def _of_transaction(found: dict[str, str], *, pending: bool) -> Sequence[str]:
    return (
        _day(found.get("DTPOSTED", "") or found.get("DTTRAN", "")),
        found.get("NAME", ""),
        found.get("MEMO", ""),
        found.get("TRNTYPE", ""),
        _point(found.get("TRNAMT", "")),
        found.get("ACCTID", ""),
        found.get("CURSYM", "") or found.get("CURDEF", ""),
        "Pending" if pending else "",
    )


def _day(text: str) -> str:
    """Return “20261124120000[0:GMT]” as its day alone."""
    return (
        f"{text[:4]}-{text[4:6]}-{text[6:8]}" if text[:8].isdecimal() and len(text) >= 8 else text
    )


def _point(text: str) -> str:
    """Return an amount with a point, for the format allows a comma as well."""
    return text.replace(",", ".") if _COMMA.fullmatch(text) else text


class _Rows(HTMLParser):
    """Collects the rows of a page's tables."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a row or a cell; the tags that end them are often left out."""
        del attrs
        if tag == "tr":
            self._end_cell()
            self.rows.append([])
        elif tag in {"td", "th"}:
            self._end_cell()
            self._cell = []

    def handle_endtag(self, tag: str) -> None:
        """End a cell."""
        if tag in {"td", "th", "tr", "table"}:
            self._end_cell()

    def handle_data(self, data: str) -> None:
        """Keep the text of a cell."""
        if self._cell is not None:
            self._cell.append(data)

    def _end_cell(self) -> None:
        if self._cell is not None and self.rows:
            self.rows[-1].append(" ".join("".join(self._cell).split()))
        self._cell = None


def _of_page(text: str) -> str:
    """Return the tables of a page, or an empty text if it has none."""
    page = _Rows()
    page.feed(text)
    page.close()
    rows = [row for row in page.rows if any(row)]
    return _written(rows) if len(rows) > 1 else ""


def _of_spoken(text: str) -> str:
    """Return text of “Date: …”, “Amount: …” lines as a table, or an empty text if it is none.

    Each record stands on the line of the file on which it begins, so that its number is right.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    rows: list[list[str]] = [[] for _ in lines]
    record: list[str] = []
    for number, line in enumerate(lines):
        match = _SPOKEN.fullmatch(" ".join(line.split()))
        if match is None:
            continue
        place = [title.casefold() for title in SPOKEN_TITLES].index(match[1].casefold())
        if place == 0:
            record = rows[number] = [""] * len(SPOKEN_TITLES)
        if record:
            record[place] = match[2]
    if not any(row and row[2] for row in rows):
        return ""
    head = [] if not rows[0] else [list(SPOKEN_TITLES)]
    rows[0] = rows[0] or list(SPOKEN_TITLES)
    return _written([*head, *rows])
