"""Record that a job has begun, ended or failed, and tell the leads what is wrong.

Each record of a job is one statement, whoever else records the same job.
"""

import os
import socket
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from booking.domain.permissions import Actor
from booking.foundation import clock
from booking.foundation.audit import service as audit
from booking.foundation.db import db, insert_into, retrying, transaction
from booking.upkeep import mail, queries
from booking.upkeep.details import ANNOUNCED, PASSING, Level, Sign
from booking.upkeep.models import JobRun, MadeCopy, RecordReading, SiteAlert


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


def keep_readings(signs: Sequence[Sign]) -> int:
    """Put what the DNS says now in place of what it said before; return how many records."""

    def unit() -> int:
        with transaction():
            db.session.execute(delete(RecordReading))
            for sign in signs:
                _keep_reading(sign)
        return len(signs)

    return retrying(unit)


def _keep_reading(sign: Sign) -> None:
    """Write one down; if two workers ask at the same time, the later answer counts."""
    said = {
        "level": sign.level.value,
        "title": sign.title,
        "story": sign.story,
        "advice": sign.advice,
    }
    row = insert_into(RecordReading).values(name=sign.name, **said)
    db.session.execute(row.on_conflict_do_update(index_elements=["name"], set_=said))


def copied(*, path: str, digest: str, now: datetime) -> None:
    """Record where the newest copy of the database is, in the caller's transaction."""
    known = {"path": path, "digest": digest, "made_at": now}
    row = insert_into(MadeCopy).values(id=1, **known)
    db.session.execute(row.on_conflict_do_update(index_elements=["id"], set_=known))


def tell_leads(wrong: Sequence[Sign], *, now: datetime, examined: Collection[str] = ()) -> int:
    """Write to the leads what is newly wrong, in its own transaction; return to how many.

    Each thing is told once until it is over, or has become worse. What was examined and is no
    longer wrong is over.
    """

    def unit() -> int:
        with transaction():
            new = _new(wrong, now)
            _forget({sign.key for sign in wrong}, {*examined, *PASSING})
            return mail.tell_leads(new, now=now) if new else 0

    if not wrong and not queries.alerts():
        return 0
    try:
        return retrying(unit)
    except IntegrityError:
        return 0  # another worker told them at the same time


def _new(wrong: Sequence[Sign], now: datetime) -> list[Sign]:
    """Write down what is wrong, and return what the leads have not been told of."""
    known, new = queries.alerts(), []
    for sign in (each for each in wrong if each.name not in ANNOUNCED):
        row = known.get(sign.key)
        if row is None:
            db.session.add(
                SiteAlert(key=sign.key, name=sign.name, level=sign.level.value, told_at=now)
            )
        elif sign.level is Level.BROKEN and row.level != Level.BROKEN:
            row.level, row.told_at, row.seen_at, row.seen_by_id = sign.level.value, now, None, None
        else:
            continue
        new.append(sign)
    db.session.flush()
    return new


def _forget(wrong: Collection[str], names: Collection[str]) -> None:
    over = delete(SiteAlert).where(SiteAlert.name.in_(names), SiteAlert.key.not_in(wrong))
    db.session.execute(over)


def see(*, actor: Actor, now: datetime, sign: Sign) -> None:
    """Write down that a lead has seen what is wrong: it is no task any more until it is over."""
    row = db.session.get(SiteAlert, sign.key)
    if row is None:
        row = SiteAlert(key=sign.key, name=sign.name, level=sign.level.value, told_at=now)
        db.session.add(row)
    row.seen_at, row.seen_by_id = now, actor.person_id
    audit.note(actor=actor, action="see_alert", about="site_alerts", sign=sign.key)
