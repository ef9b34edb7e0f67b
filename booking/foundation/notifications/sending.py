"""Sends what is waiting in the outbox: at least once, with a limited number of tries.

A batch is claimed in one transaction, sent outside any, and recorded in another. A process that
dies in between leaves a lease behind; once it has run out, the mail is sent again.
"""

import logging
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import select, update

from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.notifications import announcements, locks
from booking.foundation.notifications.models import WAITING, Message, MessageState
from booking.foundation.notifications.transports import (
    CannotSend,
    Outgoing,
    RecipientRefused,
    Transport,
    transport,
)

log = logging.getLogger(__name__)
BATCH = 20
LEASE = timedelta(minutes=5)
TRIES_MAX = 8
#: How long to wait after the first, second … failed try; the last one repeats.
WAITS = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360, 720))


def send_due(*, limit: int = 500) -> int:
    """Send the mail that is due, oldest first, at most `limit`; return how many went out."""
    carrier = transport(current_app.config["SMTP_URL"])
    sent = tried = 0
    while tried < limit and (batch := _claim(clock.now())):
        for message_id, mail in batch:
            tried += 1
            sent += _send(message_id, mail, carrier)
    return sent


def _claim(now: datetime) -> list[tuple[int, Outgoing]]:
    with transaction():
        messages = locks.due(now, limit=BATCH)
        for message in messages:
            message.state = MessageState.SENDING
            message.attempts += 1
            message.next_attempt_at = now + LEASE
        return [(message.id, _outgoing(message)) for message in messages]


def _outgoing(message: Message) -> Outgoing:
    attachment = None
    if message.attachment_name and message.attachment is not None:
        attachment = (message.attachment_name, message.attachment_type or "", message.attachment)
    return Outgoing(
        sender=current_app.config["MAIL_FROM"],
        recipient=message.recipient,
        subject=message.subject,
        text=message.text or "",
        html=message.html or "",
        attachment=attachment,
    )


def _send(message_id: int, mail: Outgoing, carrier: Transport) -> bool:
    problem, final = "", False
    try:
        carrier.send(mail)
    except CannotSend as error:
        problem = str(error)
    except RecipientRefused as error:
        problem, final = str(error), True
    with transaction():
        message = locks.message(message_id)
        if problem:
            _record_failure(message, problem, final=final, now=clock.now())
        else:
            _record_sent(message, now=clock.now())
    return not problem


def _record_sent(message: Message, *, now: datetime) -> None:
    message.state, message.sent_at, message.last_error = MessageState.SENT, now, ""
    # The body held a private link: once it is sent, nobody needs it here.
    message.text = message.html = message.attachment = None
    announcements.went_out(message, now=now)


def _record_failure(message: Message, problem: str, *, final: bool, now: datetime) -> None:
    """Try again later, or give up; the body stays, for as long as the mail is worth sending."""
    message.last_error = problem
    if final or message.attempts >= TRIES_MAX:
        message.state = MessageState.REFUSED if final else MessageState.FAILED
        message.failed_at = now
        log.error("mail %s was given up after %s tries", message.id, message.attempts)
        announcements.given_up(message, now=now)
        return
    message.state = MessageState.QUEUED
    message.next_attempt_at = now + WAITS[min(message.attempts, len(WAITS)) - 1]


def put_away(*, now: datetime) -> int:
    """Mark queued mail as sent without sending it: the people in the demonstration have no mailbox.

    Returns how many.
    """
    unsent = Message.state.in_(WAITING)
    emptied = {"text": None, "html": None, "attachment": None}
    with transaction() as session:
        result = session.execute(
            update(Message)
            .where(unsent)
            .values(state=MessageState.SENT, sent_at=now, **emptied)
            .execution_options(synchronize_session=False)
        )
    return int(result.rowcount)  # type: ignore[attr-defined]


def waiting() -> int:
    """Return how many mails have not gone out yet."""
    return len(db.session.scalars(select(Message.id).where(Message.state.in_(WAITING))).all())
