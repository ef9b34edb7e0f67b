"""Files in words: what they are, how large, and whom they are for."""

from booking.domain.filing import FileKind
from booking.foundation.files.models import FileAudience

KIND_NAMES = {
    FileKind.PDF: "PDF",
    FileKind.JPEG: "Picture",
    FileKind.PNG: "Picture",
    FileKind.WEBP: "Picture",
    FileKind.DOCX: "Word document",
    FileKind.XLSX: "Excel workbook",
    FileKind.PPTX: "PowerPoint presentation",
    FileKind.ODT: "OpenDocument text",
    FileKind.ODS: "OpenDocument spreadsheet",
    FileKind.ODP: "OpenDocument presentation",
    FileKind.TEXT: "Text",
    FileKind.CSV: "Table (CSV)",
}
#: Whom a file is for, where nothing more particular is known.
FOR_WHOM = {
    FileAudience.EVERYBODY: "everybody",
    FileAudience.MEMBERS: "everybody with an account",
    FileAudience.COMING: "those who come",
    FileAudience.DAY_STAFF: "the day’s staff",
    FileAudience.HOSTS: "those who look after it",
}
_KB, _MB = 1024, 1024 * 1024


def size(size_bytes: int) -> str:
    """Return "840 bytes", "12 KB" or "1.4 MB"."""
    if size_bytes < _KB:
        return f"{size_bytes} bytes"
    if size_bytes < _MB:
        return f"{size_bytes // _KB} KB"
    return f"{size_bytes / _MB:.1f}".removesuffix(".0") + " MB"


def what(kind: FileKind, size_bytes: int) -> str:
    """Return "PDF, 120 KB"."""
    return f"{KIND_NAMES[kind]}, {size(size_bytes)}"
