"""Reads of how the site runs, in one place: the worker, its jobs, mail, copies."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import chain

from sqlalchemy import and_, exists, func, or_, select

from booking.domain import alarms, permissions, running
from booking.domain.running import Run
from booking.foundation import chores
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db
from booking.foundation.notifications import queries as notification_queries
from booking.foundation.notifications.models import Message
from booking.foundation.notifications.queries import Backlog
from booking.foundation.security import counts
from booking.foundation.security.events import EXPORT_ACTS, HEALTH_ACTS, OPENINGS
from booking.people.schools.models import RoleGrant
from booking.upkeep.details import (
    BACKUP,
    DEMONSTRATION,
    Act,
    KnownRun,
    Level,
    Refusals,
    Sign,
    Vitals,
)
from booking.upkeep.models import JobRun, RecordReading, SiteAlert

#: For how long leads are told of what was refused or exported, and of a role of the network.
LATELY, ROLES_LATELY = timedelta(days=1), timedelta(days=7)
#: How many of each are told of one by one.
ACTS_MAX = 10
NETWORK_ROLES = {role.value for role in permissions.NETWORK_ROLES}


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
        refusals=refusals(now),
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


def refusals(now: datetime) -> Refusals:
    """Return what was refused lately, and what was done that leads should know of: two reads."""
    counted: dict[str, dict[str, dict[datetime, int]]] = {}
    for row in counts.since(now - LATELY):
        counted.setdefault(row.kind, {}).setdefault(row.key, {})[row.second_at] = row.count
    accounts = counted.get(counts.ACCOUNT, {}).values()
    forwarded = counted.get(counts.FORWARDED, {}).get("", {})
    acts = _acts(now)
    return Refusals(
        of_one_account=max(map(alarms.most, accounts), default=0),
        of_all=alarms.most(counted.get(counts.SIGN_INS, {}).get("", {})),
        messages=alarms.most(counted.get(counts.MESSAGES, {}).get("", {})),
        forwarded_at=max(forwarded, default=None),
        exports=_large(acts, now),
        roles=_of_network(acts),
        openings=alarms.most_within(
            # One opening has an entry for each school behind it, all of one instant.
            # Who oversees and reads another school's health data has opened it as well.
            {
                each.at
                for each in acts
                if each.action in OPENINGS | HEALTH_ACTS and now - each.at <= LATELY
            },
            alarms.OPENINGS_WITHIN,
        ),
    )


def _acts(now: datetime) -> Sequence[AuditEntry]:
    wanted = {*EXPORT_ACTS, *OPENINGS, "grant_role"}
    held = exists().where(RoleGrant.person_id == AuditEntry.person_id)
    of_another = and_(
        AuditEntry.action.in_(HEALTH_ACTS),
        held.where(RoleGrant.role.in_(permissions.NETWORK_ROLES)),
        ~held.where(RoleGrant.school_id == AuditEntry.school_id),
    )
    found = select(AuditEntry).where(
        or_(AuditEntry.action.in_(wanted), of_another),
        AuditEntry.at > now - ROLES_LATELY,
        AuditEntry.actor_kind == "person",
    )
    return db.session.scalars(found.order_by(AuditEntry.id.desc())).all()


def _large(acts: Sequence[AuditEntry], now: datetime) -> Sequence[Act]:
    return [
        Act(each.id, each.at, rows=each.facts["rows"])
        for each in acts
        if each.action in EXPORT_ACTS
        and now - each.at <= LATELY
        and each.facts.get("rows", 0) > alarms.LARGE_EXPORT
    ][:ACTS_MAX]


def _of_network(acts: Sequence[AuditEntry]) -> Sequence[Act]:
    return [
        Act(each.id, each.at, role=each.facts["role"])
        for each in acts
        if each.action == "grant_role" and each.facts.get("role") in NETWORK_ROLES
    ][:ACTS_MAX]


def is_demonstration() -> bool:
    """Return whether the demonstration was played out in this database."""
    mark = select(AuditEntry.id).where(AuditEntry.subject_type == DEMONSTRATION).limit(1)
    return db.session.scalar(mark) is not None


def record_signs() -> list[Sign]:
    """Return what other programs last answered the worker, such as the DNS, a sign each."""
    rows = db.session.scalars(select(RecordReading).order_by(RecordReading.name))
    return [Sign(row.name, Level(row.level), row.title, row.story, row.advice) for row in rows]


def alerts() -> dict[str, SiteAlert]:
    """Return what leads have been told of and is not over, by the key of its sign."""
    return {row.key: row for row in db.session.scalars(select(SiteAlert))}
