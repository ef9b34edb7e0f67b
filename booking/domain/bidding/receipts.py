"""What a receipt may be: a PDF or a picture, recognised by its content and never by its name."""

LARGEST_BYTES = 5 * 1024 * 1024
#: How close to the end of a PDF its end marker must be.
_TAIL = 2048

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
#: The name given to a file of each type when it is downloaded.
ENDINGS = {PDF: "pdf", JPEG: "jpg", PNG: "png"}


class NotAReceipt(ValueError):
    """The file is not of a kind that we take as a receipt; the message says what to send."""


def content_type(content: bytes) -> str:
    """Return the content type of a complete file's bytes, or raise NotAReceipt."""
    if not content:
        raise NotAReceipt("This file is empty. Choose the receipt again.")
    if len(content) > LARGEST_BYTES:
        raise NotAReceipt(
            "This file is larger than 5 MB. Take a smaller picture, or save it as a PDF."
        )
    for kind, is_kind in _KINDS.items():
        if is_kind(content):
            return kind
    raise NotAReceipt(
        "This file is not a PDF, JPEG or PNG, or it is incomplete. Scan the receipt, or take a "
        "photo of it."
    )


def _is_pdf(content: bytes) -> bool:
    return content.startswith(b"%PDF-") and b"%%EOF" in content[-_TAIL:]


def _is_jpeg(content: bytes) -> bool:
    return content.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in content[-_TAIL:]


def _is_png(content: bytes) -> bool:
    begins = content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR"
    return begins and b"IEND" in content[-_TAIL:]


_KINDS = {PDF: _is_pdf, JPEG: _is_jpeg, PNG: _is_png}
