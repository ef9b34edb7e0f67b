"""Which kinds of file are kept, and under which names they are handed out."""

import unicodedata
from enum import StrEnum

#: The longest name of a file, its ending included.
NAME_MAX = 120
#: A name of which nothing is left.
NAMELESS = "file"
#: What no name may hold: they separate folders, or mean something to a program.
_RESERVED = frozenset('\\/:*?"<>|')
#: Kinds of characters that show nothing, or turn the direction of what follows them.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


class FileKind(StrEnum):
    """What a file may be, told by its content."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    ODT = "odt"
    ODS = "ods"
    ODP = "odp"
    TEXT = "text"
    CSV = "csv"


_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
MEDIA_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
    FileKind.WEBP: "image/webp",
    FileKind.DOCX: f"{_OFFICE}.wordprocessingml.document",
    FileKind.XLSX: f"{_OFFICE}.spreadsheetml.sheet",
    FileKind.PPTX: f"{_OFFICE}.presentationml.presentation",
    FileKind.ODT: f"{_OPEN}.text",
    FileKind.ODS: f"{_OPEN}.spreadsheet",
    FileKind.ODP: f"{_OPEN}.presentation",
    FileKind.TEXT: "text/plain; charset=utf-8",
    FileKind.CSV: "text/csv; charset=utf-8",
}
#: The endings that files of each kind may have; the first is given to one with another.
ENDINGS = {
    FileKind.PDF: ("pdf",),
    FileKind.JPEG: ("jpg", "jpeg"),
    FileKind.PNG: ("png",),
    FileKind.WEBP: ("webp",),
    FileKind.DOCX: ("docx",),
    FileKind.XLSX: ("xlsx",),
    FileKind.PPTX: ("pptx",),
    FileKind.ODT: ("odt",),
    FileKind.ODS: ("ods",),
    FileKind.ODP: ("odp",),
    FileKind.TEXT: ("txt",),
    FileKind.CSV: ("csv",),
}


def safe_name(name: str, kind: FileKind) -> str:
    """Return a name that every computer can keep, in its own script, with its kind's ending.

    The ending says what the file is: a text called `letter.bat` becomes `letter.bat.txt`.
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(
        "-" if letter in _RESERVED else letter
        for letter in unicodedata.normalize("NFC", last)
        if unicodedata.category(letter) not in _UNSEEN
    )
    stem, dot, ending = " ".join(plain.split()).rpartition(".")
    if not dot or ending.casefold() not in ENDINGS[kind]:
        stem, ending = f"{stem}{dot}{ending}", ENDINGS[kind][0]
    kept = stem.strip(" .-")[: NAME_MAX - len(ending) - 1].strip(" .-")
    return f"{kept or NAMELESS}.{ending}"
