"""Record that a job has begun, ended or failed, and tell the leads what is wrong.

Each record is one statement, whoever else records the same job.
"""

import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy.exc import IntegrityError

from booking.foundation import clock
from booking.foundation.db import db, insert_into, retrying, transaction
from booking.upkeep import mail
from booking.upkeep.details import Sign
from booking.upkeep.models import JobRun


@dataclass(frozen=True)
class Runner:
    """Who runs a job: the machine and process, and since when it has been there."""

    name: str
    started_at: datetime


@cache
def this_process() -> Runner:
    """Return what this process is called."""
    return Runner(f"{socket.gethostname()}:{os.getpid()}", clock.now())


def begun(*, job: str, by: Runner, now: datetime) -> None:
    """Record that a job has begun."""
    _record(job, by, begun_at=now, on_conflict={"begun_at": now})


def ended(*, job: str, by: Runner, now: datetime) -> None:
    """Record that a job has ended without failing."""
    done = {"ended_at": now, "failures": 0, "failure": ""}
    _record(job, by, begun_at=now, **done, on_conflict=done)


def failed(*, job: str, by: Runner, now: datetime, failure: str) -> None:
    """Record that a job has failed, and with which kind of error."""
    told = {"failed_at": now, "failure": failure}
    again = {**told, "failures": JobRun.failures + 1}
    _record(job, by, begun_at=now, **told, failures=1, on_conflict=again)


def _record(job: str, by: Runner, *, on_conflict: dict[str, Any], **values: Any) -> None:
    whose = {"worker": by.name, "started_at": by.started_at}
    row = insert_into(JobRun).values(name=job, **whose, **{"failures": 0, "failure": "", **values})
    db.session.execute(
        row.on_conflict_do_update(index_elements=["name"], set_={**whose, **on_conflict})
    )


def tell_leads(wrong: Sequence[Sign], *, now: datetime) -> int:
    """Write to the leads what is wrong, once a day, in its own transaction; return to how many."""

    def unit() -> int:
        with transaction():
            return mail.tell_leads(wrong, now=now)

    try:
        return retrying(unit) if wrong else 0
    except IntegrityError:
        return 0  # another worker told them at the same time
