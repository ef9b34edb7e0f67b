"""Who was erased on request: a table, and a list beside the database that a restore leaves alone.

A line of the list is a kind of row, its random number and an instant; there is no name in it.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import current_app
from sqlalchemy import select

from booking.foundation import folders
from booking.foundation.audit.models import ErasedRow
from booking.foundation.db import after_commit, db

WORDS = 3


@dataclass(frozen=True)
class Erased:
    """One line: the table of the row, its random number, and when it was erased."""

    kind: str
    public_id: str
    at: datetime


def add(*, kind: str, public_id: str, now: datetime) -> None:
    """Write down that a row was erased, in the caller's transaction; then also in the list."""
    if _known(kind, public_id):
        return
    db.session.add(ErasedRow(kind=kind, public_id=public_id, erased_at=now))
    after_commit(write_list)


def _known(kind: str, public_id: str) -> bool:
    found = select(ErasedRow.id).where(ErasedRow.kind == kind, ErasedRow.public_id == public_id)
    return db.session.scalar(found) is not None


def list_path() -> Path | None:
    """Return where the list is; None for a database in memory, which nobody restores."""
    if chosen := current_app.config["ERASED_LIST"]:
        return Path(chosen)
    url = db.engine.url
    if url.get_backend_name() != "sqlite":
        return folders.DATA / f"{url.database}.erased"
    return Path(f"{url.database}.erased") if url.database else None


def write_list() -> None:
    """Add to the list what the table has and it has not."""
    path = list_path()
    if path is None:
        return
    listed = {(one.kind, one.public_id) for one in read_list()}
    with db.engine.connect() as connection:
        rows = connection.execute(
            select(ErasedRow.kind, ErasedRow.public_id, ErasedRow.erased_at)
        ).all()
    lines = [
        f"{kind} {public_id} {at.astimezone(UTC).isoformat()}\n"
        for kind, public_id, at in rows
        if (kind, public_id) not in listed
    ]
    if not lines:
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())


def read_list() -> Sequence[Erased]:
    """Return the list, oldest first; a line that was cut off by a crash is left out."""
    path = list_path()
    if path is None or not path.exists():
        return ()
    words = (line.split() for line in path.read_text().splitlines())
    return [
        Erased(line[0], line[1], datetime.fromisoformat(line[2]))
        for line in words
        if len(line) == 3
    ]


def to_repeat() -> Sequence[Erased]:
    """Return what the list has and the database does not know: it is older than that."""
    known = {tuple(row) for row in db.session.execute(select(ErasedRow.kind, ErasedRow.public_id))}
    return [one for one in read_list() if (one.kind, one.public_id) not in known]
