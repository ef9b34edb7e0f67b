"""What the file shelf asks of others: whose the files are, and where their bytes are kept."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from booking.domain.permissions import Actor
from booking.foundation.files.details import FileOwner
from booking.foundation.ports import Port, Socket


class FileStore(Protocol):
    """Keeps bytes by their SHA-256. It takes part in the caller's transaction as far as it can."""

    def put(self, sha256: str, content: bytes) -> None:
        """Keep a content; keeping it again is harmless."""

    def get(self, sha256: str) -> bytes | None:
        """Return a content, or None if it is not here."""

    def drop(self, hashes: Collection[str]) -> None:
        """Let contents go; what is not here is passed over."""


@Port
def owner(kind: str, public_id: str, *, actor: Actor, now: datetime) -> FileOwner | None:
    """Return the owner of this kind as `actor` meets it; None for another feature's kind."""


@Socket
def store() -> FileStore:
    """Return where the bytes are kept."""
    raise NotImplementedError
