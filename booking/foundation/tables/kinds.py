"""What a file is, by its beginning; whatever is no table is named for what it is."""

import io
import re
import zipfile

from booking.foundation.tables.refusals import NotATable, PasswordProtected

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AS_CSV = "Save it as “CSV UTF-8” or as an Excel workbook (.xlsx) and choose that file."
#: How other kinds of file begin.
_OTHERS = {
    b"%PDF": "a PDF",
    b"{\\rtf": "a word processor’s document (RTF)",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\x1f\x8b": "a compressed file",
    b"Rar!": "a compressed file",
    b"7z\xbc\xaf": "a compressed file",
}
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta)\b", re.I)
_XML = re.compile(rb"\s*<\?xml\b", re.I)
#: What kinds of ZIP hold, and what they are.
_ZIPS = {
    "xl/workbook.bin": "a binary Excel workbook (.xlsb)",
    "word/document.xml": "a Word document",
    "ppt/presentation.xml": "a presentation",
    "content.xml": "an OpenDocument file",
    "Index/Document.iwa": "a Numbers or Pages document",
}


def is_workbook(content: bytes) -> bool:
    """Return whether the bytes are an Excel workbook that we read.

    Raises NotATable for everything that is neither that nor text.
    """
    start = content.removeprefix(b"\xef\xbb\xbf")
    if start.startswith(_ZIP):
        _check_zip(content)
        return True
    if start.startswith(_OLE):
        raise _old_office(content)
    for beginning, kind in _OTHERS.items():
        if start.startswith(beginning):
            raise NotATable(f"This file is {kind}, not a table. {_AS_CSV}")
    if _HTML.match(start):
        raise NotATable(
            f"This file is a web page, whatever its name ends in. Open it in Excel. {_AS_CSV}"
        )
    if _XML.match(start):
        raise NotATable(f"This file is XML, not a table. Open it in Excel. {_AS_CSV}")
    return False


def _check_zip(content: bytes) -> None:
    """Raise NotATable unless a ZIP holds an Excel workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = set(packed.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise NotATable("This file is damaged. Export it again.") from error
    if "xl/workbook.xml" in names:
        return
    kind = next((kind for name, kind in _ZIPS.items() if name in names), "a ZIP archive")
    raise NotATable(f"This file is {kind}, not a table that we can read. {_AS_CSV}")


def _old_office(content: bytes) -> NotATable:
    """Return what to say of a file in the container of old Office programs."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return PasswordProtected(
            "This workbook is protected by a password. Save a copy without the password, or save "
            "it as “CSV UTF-8”, and choose that file."
        )
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return NotATable(f"This file is an old Excel workbook (.xls). {_AS_CSV}")
    return NotATable(f"This file is a document from an old Office program. {_AS_CSV}")
