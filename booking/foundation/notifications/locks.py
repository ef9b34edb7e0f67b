"""Lock mail that is due, so that one process sends it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from booking.foundation.db import db
from booking.foundation.notifications.models import GIVEN_UP, WAITING, Message


def due(now: datetime, *, limit: int) -> Sequence[Message]:
    """Return mail that is due, locked; what another process has taken is left out."""
    return db.session.scalars(
        select(Message)
        .where(
            Message.state.in_(WAITING),
            Message.next_attempt_at <= now,
        )
        .order_by(Message.next_attempt_at, Message.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()


def message(message_id: int) -> Message:
    """Return a mail as it is now, locked."""
    return db.session.get_one(Message, message_id, with_for_update=True)


def given_up(message_ids: Sequence[int] | None = None) -> Sequence[Message]:
    """Return these mails, or all, that were given up, locked."""
    statement = select(Message).where(Message.state.in_(GIVEN_UP)).order_by(Message.id)
    if message_ids is not None:
        statement = statement.where(Message.id.in_(message_ids))
    return db.session.scalars(statement.with_for_update()).all()
