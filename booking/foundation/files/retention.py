"""How long contents that no file has, and versions that were replaced, are kept."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select

from booking.domain.keeping import others
from booking.foundation.chores import RetentionRule, deleting
from booking.foundation.db import db
from booking.foundation.files import ports
from booking.foundation.files.models import AttachedFile, FileContent


def rules() -> Sequence[RetentionRule]:
    """Return when versions, and then contents, are deleted."""
    return (
        deleting(
            "older versions of files",
            others.FILES,
            AttachedFile,
            lambda now: [AttachedFile.replaced_at <= others.FILES.over(now)],
        ),
        RetentionRule(
            "contents of deleted files",
            others.FILES,
            _unused_count,
            _drop_unused,
        ),
    )


def _unused(now: datetime) -> list[ColumnElement[bool]]:
    used = select(AttachedFile.id).where(AttachedFile.sha256 == FileContent.sha256)
    return [FileContent.added_at <= others.FILES.otherwise_over(now), ~used.exists()]


def _unused_count(now: datetime) -> int:
    counted = select(func.count()).select_from(FileContent).where(*_unused(now))
    return db.session.scalar(counted) or 0


def _drop_unused(now: datetime, limit: int) -> int:
    some = select(FileContent.sha256).where(*_unused(now)).limit(limit)
    gone = db.session.scalars(
        delete(FileContent)
        .where(FileContent.sha256.in_(some))
        .returning(FileContent.sha256)
        .execution_options(synchronize_session=False)
    ).all()
    ports.store().drop(gone)
    return len(gone)
