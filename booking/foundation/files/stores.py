"""The usual place for bytes: the database itself, so that one copy of it holds everything."""

from collections.abc import Collection

from sqlalchemy import delete, select

from booking.foundation.db import db, insert_into
from booking.foundation.files.models import FileBytes


class DatabaseStore:
    """Keeps bytes in a table of their own."""

    def put(self, sha256: str, content: bytes) -> None:
        """Keep a content; keeping it again is harmless."""
        row = insert_into(FileBytes).values(sha256=sha256, content=content)
        db.session.execute(row.on_conflict_do_nothing())

    def get(self, sha256: str) -> bytes | None:
        """Return a content, or None if it is not here."""
        return db.session.scalar(select(FileBytes.content).where(FileBytes.sha256 == sha256))

    def drop(self, hashes: Collection[str]) -> None:
        """Let contents go; what is not here is passed over."""
        db.session.execute(delete(FileBytes).where(FileBytes.sha256.in_(hashes)))


def in_database() -> DatabaseStore:
    """Return the store in the database."""
    return DatabaseStore()
