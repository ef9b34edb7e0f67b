"""Writes of the audit trail: record an action, seal what was recorded, verify it all."""

from datetime import datetime
from typing import Any

from sqlalchemy import inspect

from booking.domain import chain
from booking.domain.permissions import Actor
from booking.foundation import clock, security
from booking.foundation.audit import ports, sealing
from booking.foundation.audit.models import AuditEntry, AuditSeal
from booking.foundation.db import db


class NotARow(ValueError):
    """An entry is about something that is no row of the database yet."""


def record(
    *,
    actor: Actor,
    action: str,
    subject: Any,
    school_id: int | None = None,
    reason: str = "",
    now: datetime | None = None,
    **facts: Any,
) -> AuditEntry:
    """Add one entry to the caller's transaction.

    `subject` is a row; `facts` are ids, field names, states and counts: never health text,
    secrets, or a pupil's name. Raises NotARow.
    """
    db.session.flush()
    entry = AuditEntry(
        at=now or clock.now(),
        person_id=actor.person_id,
        actor_kind=actor.kind,
        action=action,
        subject_type=subject.__tablename__,
        subject_id=_identity(subject),
        school_id=school_id,
        facts=facts,
        reason=reason,
        request_id=ports.request_id(),
    )
    db.session.add(entry)
    security.audited(
        action=action,
        person_id=actor.person_id,
        school_id=school_id,
        subject=f"{entry.subject_type}:{entry.subject_id}",
        facts=facts,
    )
    return entry


def _identity(subject: Any) -> str:
    """Return what tells a row from all others of its table: its primary key, whatever that is."""
    key = inspect(subject).identity
    if key is None:
        raise NotARow(f"{subject!r} was not added to the session, so the trail cannot name it.")
    return ":".join(map(str, key))


def note(*, actor: Actor, action: str, about: str, **facts: Any) -> AuditEntry:
    """Add an entry about something that is not a single row, such as a purge or an export."""
    entry = AuditEntry(
        at=clock.now(),
        person_id=actor.person_id,
        actor_kind=actor.kind,
        action=action,
        subject_type=about,
        subject_id="",
        facts=facts,
        request_id=ports.request_id(),
    )
    db.session.add(entry)
    security.audited(
        action=action, person_id=actor.person_id, school_id=None, subject=about, facts=facts
    )
    return entry


def row_bytes(entry: AuditEntry) -> bytes:
    """Return the canonical bytes of an entry, as its seal hashes them."""
    columns = AuditEntry.__table__.columns.keys()
    return chain.row_bytes({name: getattr(entry, name) for name in columns})


CHAIN = sealing.Chain(AuditEntry, AuditSeal, row_bytes)


def seal(*, now: datetime) -> int:
    """Seal the next batch of entries; return how many."""
    return sealing.seal_next(CHAIN, now=now)


def oldest_unsealed() -> datetime | None:
    """Return when the oldest entry that waits for a seal was written."""
    return sealing.oldest_unsealed(CHAIN, AuditEntry.at)


def first_broken() -> chain.Broken | None:
    """Return the first entry that was tampered with, or None."""
    return sealing.first_broken(CHAIN)
