"""What became of mail, for tests: refused, failed, late or sent."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from booking.days.places.models import Booking
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.models import Message, MessageState
from booking.foundation.settings import DEFAULT_SECRET
from booking.people.mail_choices import details as mail_choice_details
from booking.people.mail_choices.models import StoppableMail
from booking.people.schools.models import Person


def newest(booking: Booking, template: str = "invited", *, to: str = "") -> Message:
    """Return the newest mail to a booking's parents."""
    db.session.rollback()
    addresses = [to] if to else [parent.email for parent in booking.pupil.parents]
    return db.session.scalars(
        select(Message)
        .where(Message.template == template, Message.recipient.in_(addresses))
        .order_by(Message.id.desc())
        .limit(1)
    ).one()


def fate(
    booking: Booking,
    state: MessageState,
    template: str = "invited",
    *,
    to: str = "",
    at: datetime | None = None,
    error: str = "",
) -> Message:
    """Record what became of the newest mail to a booking's parents; return it."""
    with transaction():
        message = newest(booking, template, to=to)
        return _record(message, state, at=at or clock.now(), error=error)


def late(booking: Booking, *, minutes: int = 90) -> Message:
    """Let the invitation have waited for so long."""
    with transaction():
        message = newest(booking)
        message.queued_at = clock.now() - timedelta(minutes=minutes)
        return message


def make_mail(
    *, to: str, key: str = "", template: str = "password_changed", now: datetime | None = None
) -> Message:
    """Queue a mail that is about nothing."""
    with transaction():
        message = notifications.queue(
            key=key or f"{template}:{to}",
            to=to,
            template=template,
            now=now,
            reply_to="",
            name="Sam",
            at=now or clock.now(),
            action_url="https://fairplace.example/reset",
            title="A letter",
            link="https://fairplace.example/letter",
        )
    assert message is not None, "each mail has a key of its own"
    return message


def given_up(message: Message, state: MessageState = MessageState.FAILED, error: str = "") -> Any:
    """Record that a mail was given up."""
    with transaction():
        return _record(message, state, at=clock.now(), error=error)


def _record(message: Message, state: MessageState, *, at: datetime, error: str) -> Message:
    message.state, message.last_error, message.attempts = state, error, 1
    if state is MessageState.SENT:
        message.sent_at = at
        message.text = message.html = message.attachment = None
    elif state in (MessageState.FAILED, MessageState.REFUSED):
        message.failed_at = at
    return message


def stop_token(person: Person) -> str:
    """Return the token of the link in somebody's mail that stops news about ideas."""
    kind = StoppableMail.IDEAS
    return mail_choice_details.token(person.public_id, kind, secret=DEFAULT_SECRET)
