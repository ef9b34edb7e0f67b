"""Plain text, kept as UTF-8 whatever it was written in."""

from booking.foundation.tables import encodings
from booking.foundation.tables.refusals import NotATable

_MARK = "\ufeff".encode()


def rewritten(content: bytes) -> bytes | None:
    """Return the text as UTF-8, or None if the bytes are no text."""
    try:
        text, _encoding = encodings.text_of(content)
    except NotATable:
        return None
    return None if "\0" in text else text.encode("utf-8", errors="replace")


def for_spreadsheets(text: bytes) -> bytes:
    """Return a table with the mark by which spreadsheets know that it is UTF-8."""
    return text if text.startswith(_MARK) else _MARK + text
