"""How long the outbox keeps its lines; the text of a mail is deleted as soon as it is sent."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_

from booking.foundation.chores import RetentionRule, deleting
from booking.foundation.notifications.models import Message, MessageState

MAIL_KEPT = timedelta(days=90)


def rules() -> Sequence[RetentionRule]:
    """Return when a line is deleted."""
    reason = "the line in the outbox, 90 days after it was sent or given up"
    return (deleting("sent mail", reason, Message, _done_with),)


def _done_with(now: datetime) -> list[Any]:
    sent = and_(Message.state == MessageState.SENT, Message.sent_at <= now - MAIL_KEPT)
    failed = and_(Message.state == MessageState.FAILED, Message.queued_at <= now - MAIL_KEPT)
    return [or_(sent, failed)]
