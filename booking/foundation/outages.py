"""Outages of the database: which errors mean one, and how long anybody waits for its locks."""

import errno
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from sqlalchemy.engine import Connection
from sqlalchemy.exc import (
    DatabaseError,
    DBAPIError,
    InterfaceError,
    OperationalError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as NoConnectionFree

log = logging.getLogger(__name__)
#: How long a request waits for others' locks, in all: longer than any write of ours takes, and
#: shorter than people wait for a page.
REQUEST_SECONDS = 8.0
#: How long a request waits for what would be good to write, but what no answer depends on.
EXTRA_SECONDS = 2.0
#: After a wait this long in vain, whoever comes in the next seconds waits only briefly.
IN_VAIN_SECONDS, SHUT_SECONDS, BRIEFLY_MS = 5.0, 10.0, 500
#: PostgreSQL's code for a write to a database that can only be read (a standby, or a full disk).
READ_ONLY = "25006"
#: What a full, read-only or broken disk says.
DISK_TROUBLE = {errno.ENOSPC, errno.EROFS, errno.EDQUOT, errno.EIO}
#: What an outage may be raised as; `is_outage` then decides.
TROUBLE = (SQLAlchemyError, OSError)


@dataclass
class Patience:
    """How long may still be waited for locks, by all statements of a request together."""

    seconds: float

    @property
    def milliseconds(self) -> int:
        """What is left, as both databases count it."""
        return round(self.seconds * 1000)

    def spend(self, seconds: float) -> None:
        """Take time that was waited from what is left."""
        self.seconds = max(0.0, self.seconds - seconds)


#: Of whoever asks the database now; None waits as long as the engine says.
_current: ContextVar[Patience | None] = ContextVar("patience", default=None)


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """Wait for locks at most this long in all, and no longer than was left before."""
    outer = _current.get()
    longest = seconds if outer is None else min(seconds, outer.seconds)
    inner = Patience(longest)
    token = _current.set(inner)
    try:
        yield
    finally:
        _current.reset(token)
        if outer is not None:
            outer.spend(longest - inner.seconds)


@contextmanager
def waiting_to_write() -> Iterator[None]:
    """Count the time that passes here as waiting for SQLite's one write lock.

    Whoever has waited long in vain spares those who come next: they wait only briefly until one of
    them can write, because everybody who waits occupies a thread that visitors need.
    """
    left, began = _current.get(), time.monotonic()
    try:
        yield
    except OperationalError:
        took = time.monotonic() - began
        if left is not None and (took >= IN_VAIN_SECONDS or _shut.is_now):
            _shut.until = time.monotonic() + SHUT_SECONDS
        raise
    else:
        _shut.until = 0.0
    finally:
        if left is not None:
            left.spend(time.monotonic() - began)


@dataclass
class _Shut:
    """Until when this process takes SQLite's write lock for shut."""

    until: float = 0.0

    @property
    def is_now(self) -> bool:
        return time.monotonic() < self.until


_shut = _Shut()


def limit_sqlite(connection: Connection, *, otherwise_ms: int, writing: bool) -> None:
    """Let a connection to SQLite wait for locks as long as whoever asks has patience."""
    left, wait = _current.get(), otherwise_ms
    if left is not None:
        wait = left.milliseconds
        if writing and _shut.is_now:
            wait = min(wait, BRIEFLY_MS)
    if connection.info.get("waits_ms", otherwise_ms) != wait:
        # Past SQLAlchemy, because this is nothing that a page asks of the database.
        driver: Any = connection.connection.driver_connection
        driver.execute(f"PRAGMA busy_timeout={wait}")
        connection.info["waits_ms"] = wait


def limit_postgresql(connection: Connection) -> None:
    """Let a transaction of PostgreSQL wait for locks as long as whoever asks has patience."""
    if (left := _current.get()) is not None:
        wait = max(1, left.milliseconds)  # 0 would be for ever
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {wait}")


@contextmanager
def tolerated(seconds: float = EXTRA_SECONDS) -> Iterator[None]:
    """Write what would be good to have written; during an outage go on without it, soon.

    For a transaction of its own, after which nothing relies on what it has written.
    """
    try:
        with patience(seconds):
            yield
    except TROUBLE as error:
        if not is_outage(error):
            raise
        log.warning("left unwritten, because of the database: %s", cause(error))


def is_outage(error: BaseException) -> bool:
    """Return whether an error means that the database cannot be had, or not be written."""
    if isinstance(error, OSError):
        return error.errno in DISK_TROUBLE
    if isinstance(error, OperationalError | InterfaceError | NoConnectionFree):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated or getattr(error.orig, "sqlstate", None) == READ_ONLY:
        return True
    # SQLite has no narrower class for a damaged file; everything else is one of its subclasses.
    return type(error) is DatabaseError


def cause(error: BaseException) -> str:
    """Return what the database itself said, in one line, without the statement and its values."""
    return str(getattr(error, "orig", None) or error).partition("\n")[0]
