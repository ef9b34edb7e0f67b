"""Reads of how the site runs, in one place: the worker, its jobs, mail, copies."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import chain

from sqlalchemy import func, select

from booking.domain import running
from booking.domain.running import Run
from booking.foundation import chores
from booking.foundation.db import db
from booking.foundation.notifications import queries as notification_queries
from booking.foundation.notifications.models import Message
from booking.foundation.notifications.queries import Backlog
from booking.upkeep.details import BACKUP, KnownRun, Vitals
from booking.upkeep.models import JobRun


def vitals(now: datetime, *, for_real: bool) -> Vitals:
    """Return how the site runs. A handful of small reads; `for_real` says that it is in earnest."""
    rows = {row.name: row for row in db.session.scalars(select(JobRun))}
    copied = rows.pop(BACKUP, None)
    signs = [at for row in rows.values() for at in (row.begun_at, row.ended_at) if at is not None]
    mail = notification_queries.backlog(now)
    return Vitals(
        now=now,
        for_real=for_real,
        life=running.life(signs, now),
        seen_at=min(signs, key=lambda at: abs(now - at), default=None),
        runs=_runs(rows, now),
        mail=mail,
        mail_state=running.mail_state(mail.waiting, mail.oldest_at, _sent_at(mail, now), now),
        undone=list(chain.from_iterable(chores.undone())),
        copied_at=copied.ended_at if copied is not None else None,
    )


def _runs(rows: dict[str, JobRun], now: datetime) -> Sequence[KnownRun]:
    """Return the last run of each job that there still is, in the jobs' order."""
    found = []
    for job in chain.from_iterable(chores.jobs()):
        if (row := rows.get(job.name)) is None:
            continue
        every = timedelta(minutes=job.every_minutes)
        state = running.job_state(Run(every, row.begun_at, row.ended_at, row.failures), now)
        found.append(
            KnownRun(
                row.name,
                row.worker,
                row.begun_at,
                row.ended_at,
                row.failed_at,
                row.failures,
                row.failure,
                state,
            )
        )
    return found


def _sent_at(mail: Backlog, now: datetime) -> datetime | None:
    """Return when a mail last went out; not looked up while nothing has waited for long."""
    if mail.oldest_at is None or now - mail.oldest_at <= running.MAIL_SLOW_AFTER:
        return None
    return db.session.scalar(select(func.max(Message.sent_at)))
