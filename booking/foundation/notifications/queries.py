"""Reads of the outbox: what became of the mail about something, and what waits. Never a body."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from booking.foundation.db import db, rows_beside
from booking.foundation.notifications.models import GIVEN_UP, WAITING, Message, MessageState

#: Mail that has waited for so long is late: usually it goes out within seconds.
LATE = timedelta(hours=1)


@dataclass(frozen=True)
class Fate:
    """What became of one mail; all but its body."""

    id: int
    about: str
    template: str
    recipient: str
    subject: str
    state: MessageState
    attempts: int
    last_error: str
    queued_at: datetime
    sent_at: datetime | None
    failed_at: datetime | None


@dataclass(frozen=True)
class Backlog:
    """What has not gone out: how many mails, and since when the oldest should have."""

    waiting: int
    #: When the oldest waiting mail was queued; None if nothing waits.
    oldest_at: datetime | None
    refused: int
    failed: int


def fates(*where: ColumnElement[bool]) -> Select[Any]:
    """Select what became of the mails that meet the conditions, newest first; see `read`."""
    columns = [getattr(Message, field.name) for field in fields(Fate)]
    return select(*columns).where(*where).order_by(Message.queued_at.desc(), Message.id.desc())


def read(statement: Select[Any]) -> list[Fate]:
    """Return what a statement built on `fates` finds."""
    return [Fate(*row) for row in db.session.execute(statement)]


def about(abouts: Sequence[str]) -> list[Fate]:
    """Return the mails about any of these ("booking:12"), newest first."""
    return read(fates(Message.about.in_(abouts)))


def troubled(now: datetime) -> list[Fate]:
    """Return the mail that was given up, and what has waited for longer than LATE, newest first."""
    late = and_(Message.state.in_(WAITING), Message.queued_at <= now - LATE)
    return read(fates(or_(Message.state.in_(GIVEN_UP), late)))


def backlog(now: datetime) -> Backlog:
    """Return what has not gone out; mail that is not due yet does not count."""
    counted: dict[MessageState, tuple[int, datetime]] = {
        state: (count, oldest_at)
        for state, count, oldest_at in db.session.execute(
            select(Message.state, func.count(), func.min(Message.queued_at))
            .where(Message.state != MessageState.SENT, Message.queued_at <= now)
            .group_by(Message.state)
        )
    }
    found = [counted[state] for state in WAITING if state in counted]
    return Backlog(
        waiting=sum(count for count, _ in found),
        oldest_at=min((oldest_at for _, oldest_at in found), default=None),
        refused=counted.get(MessageState.REFUSED, (0, now))[0],
        failed=counted.get(MessageState.FAILED, (0, now))[0],
    )


def with_body(message_ids: Sequence[int]) -> Sequence[int]:
    """Return which of these mails still have a body to send; nothing is decrypted."""
    return db.session.scalars(
        select(Message.id).where(Message.id.in_(message_ids), Message.text.is_not(None))
    ).all()


def is_due(now: datetime) -> bool:
    """Return whether any mail should be sent now; no transaction stays open for it."""
    due = select(Message.id).where(Message.state.in_(WAITING), Message.next_attempt_at <= now)
    return bool(rows_beside(due.limit(1)))
