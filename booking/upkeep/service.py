"""Record that a job has begun, ended or failed: one statement, whoever else records it as well."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from booking.foundation.db import db, insert_into
from booking.upkeep.models import JobRun


@dataclass(frozen=True)
class Runner:
    """Who runs a job: the machine and process, and since when it has been there."""

    name: str
    started_at: datetime


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
