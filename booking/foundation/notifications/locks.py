"""Lock mail, so that one process sends it."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select

from booking.foundation.db import db
from booking.foundation.notifications.models import GIVEN_UP, WAITING, Message, MessageState


def next_due(now: datetime) -> Message | None:
    """Return the mail that has been due for longest, locked; others' are left out."""
    return db.session.scalars(
        select(Message)
        .where(Message.state.in_(WAITING), Message.next_attempt_at <= now)
        .order_by(Message.next_attempt_at, Message.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()


def too_late(now: datetime, *, kept: timedelta, limit: int) -> Sequence[Message]:
    """Return waiting mail that nobody is sending and that is not worth sending any more, locked.

    Mail that does not say until when is worth sending for as long as `kept`.
    """
    pointless = or_(
        Message.keep_until <= now,
        and_(Message.keep_until.is_(None), Message.queued_at <= now - kept),
    )
    nobodys = or_(Message.state == MessageState.QUEUED, Message.next_attempt_at <= now)
    return db.session.scalars(
        select(Message)
        .where(Message.state.in_(WAITING), pointless, nobodys)
        .order_by(Message.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()


def claimed(message_id: int, until: datetime) -> Message | None:
    """Return a mail, locked, if it is still claimed until then; None if somebody else has it."""
    return db.session.scalars(
        select(Message)
        .where(
            Message.id == message_id,
            Message.state == MessageState.SENDING,
            Message.next_attempt_at == until,
        )
        .with_for_update()
    ).one_or_none()


def unsent(keys: Collection[str]) -> Sequence[Message]:
    """Return those of these mails that have not gone out, locked; never waits.

    What is being sent just now is left out: whoever sends mail may wait for what the caller holds.
    """
    return db.session.scalars(
        select(Message)
        .where(Message.key.in_(keys), Message.state.in_((MessageState.QUEUED, *GIVEN_UP)))
        .order_by(Message.id)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()


def given_up(message_ids: Sequence[int] | None = None) -> Sequence[Message]:
    """Return these mails, or all, that were given up, locked."""
    statement = select(Message).where(Message.state.in_(GIVEN_UP)).order_by(Message.id)
    if message_ids is not None:
        statement = statement.where(Message.id.in_(message_ids))
    return db.session.scalars(statement.with_for_update()).all()


def named(message_ids: Sequence[int]) -> Sequence[Message]:
    """Return these mails, whatever became of them, locked."""
    return db.session.scalars(
        select(Message).where(Message.id.in_(message_ids)).order_by(Message.id).with_for_update()
    ).all()
