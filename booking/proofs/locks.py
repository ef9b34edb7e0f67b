"""The lock of whoever proves: one at a time, so that two workers do not do the same work.

It is the system's or PostgreSQL's own and ends with its process, however that ends: a worker that
was killed keeps nobody out.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text

from booking.foundation.db import db

#: One number among the locks of a database, for this.
KEY = 7_776_001


@contextmanager
def alone() -> Iterator[bool]:
    """Say whether nobody else is proving, and keep others out until the end."""
    if db.engine.dialect.name == "postgresql":
        with _alone_in_postgresql() as mine:
            yield mine
    elif path := db.engine.url.database:
        with _alone_by_file(Path(path)) as mine:
            yield mine
    else:
        yield True  # in memory: nobody else has it


@contextmanager
def _alone_in_postgresql() -> Iterator[bool]:
    # No transaction stays open meanwhile.
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        ask = text("SELECT pg_try_advisory_lock(:key)")
        mine = bool(connection.execute(ask, {"key": KEY}).scalar_one())
        try:
            yield mine
        finally:
            if mine:
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": KEY})


@contextmanager
def _alone_by_file(database: Path) -> Iterator[bool]:
    file = os.open(f"{database}.proving", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(file)
