"""How long the outbox keeps its lines.

The text of a mail is deleted as soon as it is sent, or when sending it has become pointless.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_

from booking.domain.keeping import others
from booking.foundation.chores import RetentionRule, deleting, emptying
from booking.foundation.notifications.models import GIVEN_UP, Message, MessageState


def rules() -> Sequence[RetentionRule]:
    """Return when a line is deleted."""
    return (
        deleting("sent mail", others.MAIL, Message, _done_with),
        emptying(
            "text of mail that was given up",
            others.MAIL,
            Message,
            _pointless,
            lambda _now: {"text": None, "html": None, "attachment": None, "files": None},
        ),
    )


def _pointless(now: datetime) -> list[Any]:
    past = or_(Message.keep_until.is_(None), Message.keep_until <= now)
    return [Message.state.in_(GIVEN_UP), Message.text.is_not(None), past]


def _done_with(now: datetime) -> list[Any]:
    sent = and_(Message.state == MessageState.SENT, Message.sent_at <= others.MAIL.over(now))
    failed = and_(Message.state.in_(GIVEN_UP), Message.queued_at <= others.MAIL.over(now))
    never = Message.queued_at <= others.MAIL.otherwise_over(now)
    return [or_(sent, failed, never)]
