"""The copies of the database that lie in a folder: which are older than they are kept."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from flask import current_app

from booking.foundation import folders
from booking.foundation.db import db


class NotDeleted(RuntimeError):
    """A copy whose days are over cannot be deleted; the message says which, and why."""


def older(folder: Path, than: datetime) -> list[Path]:
    """Return the copies in a folder that are older than an instant; nothing else is one.

    A copy is a file with its own checksum beside it, so whatever else lies there is left alone.
    """
    copies = [path for path in folder.glob("*") if path.is_file() and _has_checksum(path)]
    return sorted(path for path in copies if path.stat().st_mtime < than.timestamp())


def _has_checksum(path: Path) -> bool:
    try:
        return beside(path).read_text().split()[1:] == [path.name]
    except (OSError, UnicodeDecodeError):
        return False


def delete(copies: Iterable[Path]) -> None:
    """Delete copies whose days are over. Raises NotDeleted."""
    for path in copies:
        try:
            path.unlink(missing_ok=True)
            contents_beside(path).unlink(missing_ok=True)
            beside(path).unlink(missing_ok=True)  # last, so that a copy is known as one until then
        except OSError as error:
            raise NotDeleted(
                f"{path} is older than copies are kept and cannot be deleted: {error.strerror}. "
                "Delete it."
            ) from error


def folder() -> Path:
    """Return where copies lie, as far as anybody has said."""
    if chosen := current_app.config["BACKUP_FOLDER"]:
        return Path(chosen)
    url = db.engine.url
    is_file = url.get_backend_name() == "sqlite" and url.database
    return (Path(str(url.database)).parent if is_file else folders.DATA) / "backups"


def beside(path: Path) -> Path:
    """Return the path where the checksum of `path` is kept."""
    return path.with_name(path.name + ".sha256")


def contents_beside(path: Path) -> Path:
    """Return the path where it is kept what the copy at `path` holds, as one hash."""
    return path.with_name(path.name + ".contents")
