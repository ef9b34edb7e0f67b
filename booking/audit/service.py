"""Writes of the audit trail: record an action, seal what was recorded, verify it all."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from booking import clock
from booking.audit.models import AuditEntry
from booking.db import db
from booking.domain.permissions import Actor

#: Names the request that caused an entry; create_app puts the web's own numbering here.
request_id: Callable[[], str] = lambda: ""  # noqa: E731


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

    `subject` is a flushed row; `facts` are ids, field names, states and counts: never health
    text, secrets, or a pupil's name.
    """
    db.session.flush()
    entry = AuditEntry(
        at=now or clock.now(),
        person_id=actor.person_id,
        actor_kind=actor.kind,
        action=action,
        subject_type=subject.__tablename__,
        subject_id=str(getattr(subject, "id", None) or getattr(subject, "booking_id", "")),
        school_id=school_id,
        facts=facts,
        reason=reason,
        request_id=request_id(),
    )
    db.session.add(entry)
    return entry
