"""Notices that SQLite's file was replaced or deleted under a running process.

A connection keeps the file that it opened, even if that has no name any more: whatever is written
to it is lost. So each time a connection is taken from the pool, its file is compared with the one
at the same path; one `stat` costs a few millionths of a second. If it is another, the whole pool is
emptied, and the next connection opens what is there now.
"""

import logging
import os
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import InvalidatePoolError

log = logging.getLogger(__name__)
#: Which file a path leads to: the device and the number of its inode.
Identity = tuple[int, int]
#: Where a connection keeps its path and its file.
PATH, FILE = "fairplace.path", "fairplace.file"


def identity(path: str) -> Identity | None:
    """Return which file is at a path; None if there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def remember(connection: Any, record: Any) -> None:
    """Remember which file a new connection to SQLite has opened; one in memory has none."""
    path = connection.execute("PRAGMA database_list").fetchone()[2]
    if path:
        record.info[PATH], record.info[FILE] = path, identity(path)


@event.listens_for(Engine, "checkout")
def _compare(_connection: Any, record: Any, _proxy: Any) -> None:
    opened = record.info.get(FILE)
    if opened is not None and identity(record.info[PATH]) != opened:
        log.warning("%s was replaced or deleted; connecting again", record.info[PATH])
        raise InvalidatePoolError("the database's file has been replaced")
