"""The queue of background jobs, which notices when it has been lost.

The queue holds no facts: what is due is found in the database. So a worker that has lost its queue
ends, and whoever supervises it starts another, which makes a new queue.
"""

import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from huey import Huey, PostgresHuey, SqliteHuey
from sqlalchemy.engine import make_url

from booking.foundation import clock, folders
from booking.foundation.chores import Lane

#: A queue is lost once nothing could be read from it or put into it so many times in a row …
ERRORS_MAX = 5
#: … for so long. A database that restarts is back sooner.
PATIENCE = timedelta(seconds=60)


class LostQueue(RuntimeError):
    """The queue's file was deleted or replaced, or it has refused everything for a minute."""


class Troubles:
    """How often something has failed in a row, and since when."""

    def __init__(self) -> None:
        self.count = 0
        self._since: datetime | None = None

    def one_more(self) -> None:
        """Count a failure."""
        self._since = self._since or clock.now()
        self.count += 1

    def over(self) -> None:
        """Start again from nought, because it has worked."""
        self.count, self._since = 0, None

    def too_many(self) -> bool:
        """Return whether it has failed too often, for too long."""
        since = self._since
        return since is not None and (self.count >= ERRORS_MAX and clock.now() - since >= PATIENCE)


class _Watched:
    """What both kinds of queue add to huey's: they count what fails, reading and writing apart.

    A deleted file can still be read by whoever has it open, but never written.
    """

    def watch(self) -> None:
        self.reading, self.writing = Troubles(), Troubles()

    def dequeue(self) -> Any:
        return self._counting(self.reading, super().dequeue)  # type: ignore[misc]

    def enqueue(self, task: Any) -> Any:
        return self._counting(self.writing, lambda: super(_Watched, self).enqueue(task))  # type: ignore[misc]

    def _counting(self, troubles: Troubles, work: Any) -> Any:
        try:
            answer = work()
        except Exception:
            troubles.one_more()
            raise
        troubles.over()
        return answer

    def check(self) -> None:
        """Raise LostQueue, in words, if the queue is of no use any more."""
        if self.reading.too_many() or self.writing.too_many():
            raise LostQueue("the queue has refused everything for a minute")


class PostgresQueue(_Watched, PostgresHuey):
    """A queue in PostgreSQL, which survives a restart of the database."""


class FileQueue(_Watched, SqliteHuey):
    """A queue in a file of its own."""

    def watch(self) -> None:
        """Remember which file it is."""
        super().watch()
        self.file = self._file()

    def check(self) -> None:
        """Raise LostQueue if the file is not the one that was opened."""
        found = self._file()
        if found != self.file:
            what = "replaced" if found else "deleted"
            raise LostQueue(f"the queue's file {self.storage.filename} has been {what}")
        super().check()

    def _file(self) -> tuple[int, int] | None:
        try:
            found = os.stat(self.storage.filename)
        except OSError:
            return None
        return found.st_dev, found.st_ino


def make_queue(app: Flask, lane: Lane = Lane.USUAL) -> FileQueue | PostgresQueue:
    """Return the queue that QUEUE_URL names, or one beside the database.

    Each lane has its own in the same place.
    """
    name = "fairplace" if lane is Lane.USUAL else f"fairplace-{lane}"
    url = make_url(app.config["QUEUE_URL"] or app.config["DATABASE_URL"])
    if url.get_backend_name() == "postgresql":
        dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)
        queue: FileQueue | PostgresQueue = PostgresQueue(name, dsn=dsn)
    else:
        path = Path(url.database or "fairplace.db")
        if not app.config["QUEUE_URL"]:
            path = path.with_name("queue.db")
        # Use the rollback journal: huey opens the queue with the system's SQLite, which may be a
        # version that can corrupt a WAL database.
        queue = FileQueue(name, filename=str(path), journal_mode="delete", fsync=True)
        folders.close_to_others(path)
    queue.watch()
    return queue


def waiting_in(queue: Huey) -> int:
    """Return how many jobs are waiting in a queue, and close it."""
    try:
        return int(queue.storage.queue_size())
    finally:
        queue.storage.close()
