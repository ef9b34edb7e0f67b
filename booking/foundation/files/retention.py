"""How long contents that no file has, and versions that were replaced, are kept."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select

from booking.foundation.chores import RetentionRule, deleting
from booking.foundation.db import db
from booking.foundation.files import ports
from booking.foundation.files.models import AttachedFile, FileContent

#: Long enough that nobody clears up what is being attached at the same moment.
UNUSED_KEPT = timedelta(days=1)
OLDER_VERSIONS_KEPT = timedelta(days=400)


def rules() -> Sequence[RetentionRule]:
    """Return when versions, and then contents, are deleted."""
    return (
        deleting(
            "older versions of files",
            "400 days after a newer version took their place",
            AttachedFile,
            lambda now: [AttachedFile.replaced_at <= now - OLDER_VERSIONS_KEPT],
        ),
        RetentionRule(
            "contents of deleted files",
            "a day after the last file with that content was deleted",
            _unused_count,
            _drop_unused,
        ),
    )


def _unused(now: datetime) -> list[ColumnElement[bool]]:
    used = select(AttachedFile.id).where(AttachedFile.sha256 == FileContent.sha256)
    return [FileContent.added_at <= now - UNUSED_KEPT, ~used.exists()]


def _unused_count(now: datetime) -> int:
    counted = select(func.count()).select_from(FileContent).where(*_unused(now))
    return db.session.scalar(counted) or 0


def _drop_unused(now: datetime) -> None:
    gone = db.session.scalars(
        delete(FileContent)
        .where(*_unused(now))
        .returning(FileContent.sha256)
        .execution_options(synchronize_session=False)
    ).all()
    ports.store().drop(gone)
