"""The content of a file, carried by the page while it is looked at; the server keeps nothing yet.

It is packed and signed, for one owner and two hours: what comes back is what was sent, so it can be
unpacked without fear, and an old page cannot undo later work.
"""

import base64
import zlib
from datetime import timedelta

from itsdangerous import BadSignature, TimestampSigner

from booking.foundation.tables.refusals import NotReadable

KEPT_FOR = timedelta(hours=2)
_TEXT, _BYTES = b"t", b"b"


class ContentTooOld(NotReadable):
    """The content was changed, belongs to somebody else, or has waited for too long."""

    def __init__(self) -> None:
        super().__init__("This preview is no longer valid. Choose the file again.")


def pack(content: bytes | str, *, secret: list[str], owner: str) -> str:
    """Return a file's bytes, or pasted text, as signed text for a hidden field."""
    plain = _TEXT + content.encode() if isinstance(content, str) else _BYTES + content
    packed = base64.urlsafe_b64encode(zlib.compress(plain))
    return _signer(secret, owner).sign(packed).decode("ascii")


def unpack(text: str, *, secret: list[str], owner: str) -> bytes | str:
    """Return what `pack` signed. Raises ContentTooOld."""
    signer = _signer(secret, owner)
    try:
        packed = signer.unsign(text, max_age=int(KEPT_FOR.total_seconds()))
    except BadSignature as error:
        raise ContentTooOld from error
    plain = zlib.decompress(base64.urlsafe_b64decode(packed))
    return plain[1:].decode() if plain.startswith(_TEXT) else plain[1:]


def _signer(secret: list[str], owner: str) -> TimestampSigner:
    return TimestampSigner(secret, salt=f"table {owner}")
