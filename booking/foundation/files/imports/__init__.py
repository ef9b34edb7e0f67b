"""Reads a file that somebody sends: what it is by its content, made safe where that can be done."""

import re

from booking.domain import filing
from booking.domain.filing import FileKind
from booking.foundation.files.details import Upload
from booking.foundation.files.imports import office, pictures, plain
from booking.foundation.files.refusals import FileNotTaken

BYTES_MAX = 10 * 1024 * 1024
#: How close to the beginning of a PDF its mark must be, and to its end the other one.
_HEAD, _TAIL = 1024, 2048
_KINDS = "a PDF, a picture (JPEG, PNG or WebP), an office document, or plain text"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: How files begin that we know and do not take, and what to do instead.
_OTHERS = (
    (re.compile(rb"MZ|\x7fELF|\xca\xfe\xba\xbe|#!"), "This file is a program. Send {kinds}."),
    (re.compile(rb"GIF8"), "This picture is a GIF. Save it as PNG or JPEG."),
    (
        re.compile(rb"....ftyp(?:hei|hev|mif|avif)", re.S),
        "This picture is in a format that many computers cannot open (HEIC or AVIF). Save it as "
        "JPEG.",
    ),
    (re.compile(rb"....ftyp", re.S), "This file is a film. Put it where films are kept, and link."),
    (re.compile(rb"\{\\rtf"), "This document is RTF. Save it as PDF or Word (.docx)."),
    (
        re.compile(rb"Rar!|7z\xbc\xaf|\x1f\x8b|BZh"),
        "This file is an archive. Send what is in it, file by file.",
    ),
    (
        re.compile(
            rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype|\?xml|html|head|body|script|svg)", re.I | re.S
        ),
        "This file is a web page or XML, which could run a script. Save it as PDF.",
    ),
)


def read(name: str, content: bytes) -> Upload:
    """Return what was sent, ready to be kept. Raises FileNotTaken."""
    if not content:
        raise FileNotTaken("This file is empty. Choose the file again.")
    if len(content) > BYTES_MAX:
        raise FileNotTaken(
            "This file is larger than 10 MB. Save it smaller: a PDF “for the web”, or pictures of "
            "fewer pixels."
        )
    kind, safe = _known(name, content)
    return Upload(filing.safe_name(name, kind), kind, safe)


def _known(name: str, content: bytes) -> tuple[FileKind, bytes]:
    """Return the kind of a file and its content, rewritten if it is a picture or a text.

    A PDF may have a few bytes in front, but not the beginning of something else: it would be both.
    """
    if picture := pictures.kind_of(content):
        return picture, pictures.rewritten(content, picture)
    if content.startswith(b"PK\x03\x04"):
        return office.kind_of(content), content
    if content.startswith(_OLE):
        raise FileNotTaken(
            "This document is from an old Office program, or it has a password. Save it without a "
            "password as .docx, .xlsx or .pptx, or as PDF."
        )
    for beginning, said in _OTHERS:
        if beginning.match(content[:4096]):
            raise FileNotTaken(said.format(kinds=_KINDS))
    if b"%PDF-" in content[:_HEAD]:
        if b"%%EOF" not in content[-_TAIL:]:
            raise FileNotTaken("This PDF is not complete. Save it again, then choose it.")
        return FileKind.PDF, content
    text = plain.rewritten(content)
    if text is None:
        raise FileNotTaken(f"We cannot tell what this file is. Send {_KINDS}.")
    if name.casefold().endswith(".csv"):
        return FileKind.CSV, plain.for_spreadsheets(text)
    return FileKind.TEXT, text
