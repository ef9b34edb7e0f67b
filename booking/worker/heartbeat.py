"""Writes down when jobs begin and end, so that a worker that has died is noticed.

At most twice a minute for each job, however often it runs; and what cannot be written down, because
the database is away or busy, stops no job.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.upkeep import service as upkeep

log = logging.getLogger(__name__)
#: A job that runs again within this time writes nothing, unless it fails or has recovered.
PAUSE = timedelta(seconds=30)


class Heartbeat:
    """What this process has written down about its jobs."""

    def __init__(self) -> None:
        self._written: dict[str, datetime] = {}
        self._failing: set[str] = set()

    def begun(self, job: str) -> bool:
        """Write down that a job begins, and return True; False if it did so just now."""
        now = clock.now()
        written = self._written.get(job)
        if job not in self._failing and written is not None and abs(now - written) < PAUSE:
            return False
        self._written[job] = now
        _write(lambda: upkeep.begun(job=job, by=upkeep.this_process(), now=now))
        return True

    def ended(self, job: str, *, begun: bool) -> None:
        """Write down that a job has ended, if its beginning was written down."""
        self._failing.discard(job)
        if begun:
            _write(lambda: upkeep.ended(job=job, by=upkeep.this_process(), now=clock.now()))

    def failed(self, job: str, error: Exception) -> None:
        """Write down that a job has failed, always."""
        self._failing.add(job)
        kind = type(error).__name__
        _write(
            lambda: upkeep.failed(job=job, by=upkeep.this_process(), now=clock.now(), failure=kind)
        )


def _write(note: Callable[[], None]) -> None:
    try:
        with transaction():
            note()
    except SQLAlchemyError as error:
        log.warning("a job's run could not be written down: %s", type(error).__name__)
        with suppress(SQLAlchemyError):
            db.session.rollback()
