"""Queue a mail in the transaction that causes it. The worker sends it afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from booking.foundation import clock
from booking.foundation.db import after_commit, db
from booking.foundation.notifications import ports, queries, render, wake
from booking.foundation.notifications.models import GIVEN_UP, Message, MessageState

#: How long a mail is worth sending if its cause does not say.
KEPT = timedelta(days=14)
#: How long it is worth sending at least, however soon what it is about is over.
KEPT_AT_LEAST = timedelta(minutes=10)
#: How long it is tried at least when somebody asks for it again.
KEPT_AGAIN = timedelta(days=2)


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a mail."""

    name: str
    type: str
    content: bytes


@dataclass(frozen=True)
class CarriedFile:
    """A kept file that goes with a mail, known by its content's SHA-256."""

    sha256: str
    name: str
    type: str


def queue(
    *,
    key: str,
    to: str,
    template: str,
    now: datetime | None = None,
    attachment: Attachment | None = None,
    files: Sequence[CarriedFile] = (),
    about: str = "",
    keep_until: datetime | None = None,
    reply_to: str,
    **words: Any,
) -> Message | None:
    """Queue `template` for one recipient, once: using the same `key` again queues nothing.

    Renders `templates/emails/<template>.{subject.txt,html}` with `words` now, so that the
    mail says what was true. `about` is what it is about, as "booking:12"; `keep_until` is until
    when it is worth sending (if that is over or not said, KEPT from now); answers go to the address
    `reply_to`, or to the network's if that is "". Returns the message, or None when `key` was
    queued before, or the reader has stopped such mail.
    """
    if db.session.scalar(select(Message.id).where(Message.key == key)) is not None:
        return None
    offer = ports.stop_offer(template, to)
    if offer is not None and offer.is_stopped:
        return None
    mail = render.mail(template, {**words, "stop_url": offer.url if offer else ""})
    at = now or clock.now()
    message = Message(
        key=key,
        template=template,
        recipient=to,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        attachment_name=attachment.name if attachment else None,
        attachment_type=attachment.type if attachment else None,
        attachment=attachment.content if attachment else None,
        files=_carried(files),
        about=about,
        reply_to=reply_to or render.network_mailbox(),
        keep_until=_worth_sending_until(keep_until, at),
        queued_at=at,
        next_attempt_at=at,
    )
    db.session.add(message)
    after_commit(wake.worker)
    return message


def _carried(files: Sequence[CarriedFile]) -> list[list[str]] | None:
    return [[file.sha256, file.name, file.type] for file in files] or None


def _worth_sending_until(said: datetime | None, now: datetime) -> datetime:
    if said is None or said <= now:
        return now + KEPT  # what is over already is told on purpose
    return max(said, now + KEPT_AT_LEAST)


def write_again(
    message: Message,
    *,
    key: str,
    keep_until: datetime | None,
    now: datetime,
    files: Sequence[CarriedFile] = (),
    **words: Any,
) -> None:
    """Render a mail that has not gone out anew, because it said what is no longer true.

    It waits again, even if it was given up. The caller holds the mail's lock.
    """
    assert message.state not in (MessageState.SENDING, MessageState.SENT), "it is still ours"
    mail = render.mail(message.template, words)
    message.key = key
    message.subject, message.text, message.html = mail.subject, mail.text, mail.html
    message.files = _carried(files)
    message.state, message.next_attempt_at, message.failed_at = MessageState.QUEUED, now, None
    message.attempts, message.last_error, message.sent_at = 0, "", None
    message.keep_until = _worth_sending_until(keep_until, now)
    after_commit(wake.worker)


def retry(messages: Sequence[Message], *, now: datetime) -> int:
    """Send mail that was given up once more, or sooner what waits for its next try.

    Returns how much of it still has a body to send.
    """
    with_body = set(queries.with_body([message.id for message in messages]))
    again = [
        message
        for message in messages
        if message.id in with_body and message.state in {*GIVEN_UP, MessageState.QUEUED}
    ]
    for message in again:
        message.state, message.next_attempt_at, message.failed_at = MessageState.QUEUED, now, None
        message.attempts, message.last_error = 0, ""
        message.keep_until = max(message.keep_until or now, now + KEPT_AGAIN)
    if again:
        after_commit(wake.worker)
    return len(again)
