"""Files for tests: small ones of each kind, and files put on a shelf."""

import io
import zipfile
from typing import Any

from PIL import Image

from booking.days.events import shelf
from booking.days.events.models import Event
from booking.domain.permissions import COMMAND, Actor
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.foundation.files import imports
from booking.foundation.files import service as files
from booking.foundation.files.details import FileFacts, FileOwner
from booking.foundation.files.models import AttachedFile, FileAudience

MB = 1024 * 1024
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def pdf(words: str = "A letter") -> bytes:
    """Return the smallest thing that is taken for a PDF, with words in it."""
    return f"%PDF-1.4\n% {words}\n%%EOF\n".encode()


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 30), **how: Any) -> bytes:
    """Return a picture; `how` goes to what writes it (exif, comment …)."""
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **how)
    return out.getvalue()


def packed(parts: dict[str, bytes | str], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(**more: bytes | str) -> bytes:
    """Return a Word document as far as its parts go; `more` are further parts, "__" for "/"."""
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": f"<Types>{WORD}</Types>",
        "word/document.xml": "<document/>",
    }
    return packed(parts | {name.replace("__", "/"): content for name, content in more.items()})


def put(
    event: Event,
    *,
    label: str = "Letter to parents",
    name: str = "letter.pdf",
    content: bytes | None = None,
    audience: FileAudience = FileAudience.COMING,
    with_invitation: bool = False,
    actor: Actor = COMMAND,
    quota_bytes: int = 200 * MB,
) -> AttachedFile:
    """Add a file to an event."""
    return put_to(
        shelf.of_event(event, actor=actor),
        name=name,
        content=content or pdf(label),
        facts=FileFacts(label, audience, with_invitation),
        actor=actor,
        quota_bytes=quota_bytes,
    )


def put_to(
    owner: FileOwner,
    *,
    name: str,
    content: bytes,
    facts: FileFacts,
    actor: Actor = COMMAND,
    quota_bytes: int = 200 * MB,
) -> AttachedFile:
    """Add a file to any owner."""
    with transaction():
        return files.attach(
            actor=actor,
            now=clock.now(),
            owner=owner,
            upload=imports.read(name, content),
            facts=facts,
            quota_bytes=quota_bytes,
        )
