"""Lock mail that is due, so that one process sends it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select

from booking.foundation.db import db
from booking.foundation.notifications.models import Message, MessageState


def due(now: datetime, *, limit: int) -> Sequence[Message]:
    """Return mail that is due, locked; what another process has taken is left out."""
    return db.session.scalars(
        select(Message)
        .where(
            or_(Message.state == MessageState.QUEUED, Message.state == MessageState.SENDING),
            Message.next_attempt_at <= now,
        )
        .order_by(Message.next_attempt_at, Message.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()


def message(message_id: int) -> Message:
    """Return a mail as it is now, locked."""
    return db.session.get_one(Message, message_id, with_for_update=True)
