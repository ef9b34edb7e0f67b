"""Office documents: a ZIP with the right parts in it, whole, of a bounded size, without macros."""

import io
import zipfile
import zlib

from booking.domain.filing import MEDIA_TYPES, FileKind
from booking.foundation.files.refusals import FileNotTaken

PARTS_MAX = 5_000
#: All parts together, unpacked; what is larger is a trap, or no document for a shelf.
UNPACKED_MAX = 200 * 1024 * 1024
#: No part of an honest document is packed this much tighter than it is.
RATIO_MAX = 1_000
_PIECE = 256 * 1024
_TYPES = "[Content_Types].xml"
_MAIN_PARTS = {
    "word/document.xml": FileKind.DOCX,
    "xl/workbook.xml": FileKind.XLSX,
    "ppt/presentation.xml": FileKind.PPTX,
}
_OPEN_KINDS = {MEDIA_TYPES[kind]: kind for kind in (FileKind.ODT, FileKind.ODS, FileKind.ODP)}
#: Where Office keeps macros and controls, beside the main part; and OpenDocument, at the top.
_MACROS_ANYWHERE = ("vbaproject.bin", "vbadata.xml", "activex/", "macrosheets/")
_MACROS_AT_THE_TOP = ("basic/", "scripts/")
_ENCRYPTED = 0x1
#: What `zipfile` raises for a ZIP that is damaged, or lies about what is in it.
_DAMAGED = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError)


def kind_of(content: bytes) -> FileKind:
    """Return which office document a ZIP is. Raises FileNotTaken for any other."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            _check_sizes(packed)
            _read_through(packed)
            kind = _kind(packed)
            _refuse_macros(packed)
    except FileNotTaken:
        raise
    except _DAMAGED as error:
        raise FileNotTaken(
            "This document is damaged. Open it in your program, save it again, then choose it."
        ) from error
    return kind


def _check_sizes(packed: zipfile.ZipFile) -> None:
    parts = packed.infolist()
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise FileNotTaken("This file has a password. Save it without one, then choose it.")
    too_tight = any(part.file_size > RATIO_MAX * max(part.compress_size, 1) for part in parts)
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > PARTS_MAX or unpacked > UNPACKED_MAX or too_tight:
        raise FileNotTaken(
            "This document is far larger unpacked than it looks, so we do not take it. Save it as "
            "PDF."
        )


def _read_through(packed: zipfile.ZipFile) -> None:
    """Unpack every part piece by piece: its size and checksum are what the ZIP says they are."""
    names = [part.filename for part in packed.infolist()]
    if len(set(names)) < len(names) or any(n.startswith("/") or ".." in n for n in names):
        raise zipfile.BadZipFile("two parts of one name, or one outside its folder")
    for part in packed.infolist():
        with packed.open(part) as unpacked:
            while unpacked.read(_PIECE):
                pass


def _kind(packed: zipfile.ZipFile) -> FileKind:
    names = set(packed.namelist())
    if _TYPES in names:
        for main, kind in _MAIN_PARTS.items():
            if main in names:
                return kind
    if "mimetype" in names and "META-INF/manifest.xml" in names:
        said = packed.read("mimetype").decode("ascii", errors="replace").strip()
        if said in _OPEN_KINDS:
            return _OPEN_KINDS[said]
    raise FileNotTaken(
        "This file is an archive, or a document of a kind that we do not keep. Send what is in it, "
        "file by file, or save it as PDF."
    )


def _refuse_macros(packed: zipfile.ZipFile) -> None:
    names = [name.casefold() for name in packed.namelist()]
    has_macros = any(
        name.startswith(_MACROS_AT_THE_TOP) or any(part in name for part in _MACROS_ANYWHERE)
        for name in names
    )
    types = packed.read(_TYPES).lower() if _TYPES in packed.namelist() else b""
    if has_macros or b"macroenabled" in types:
        raise FileNotTaken(
            "This document has macros, which are programs. Save it without them (.docx, .xlsx, "
            ".pptx), or as PDF."
        )
