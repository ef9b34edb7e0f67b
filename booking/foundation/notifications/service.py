"""Queue a mail in the transaction that causes it. The worker sends it afterwards."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from booking.foundation import clock
from booking.foundation.db import after_commit, db
from booking.foundation.notifications import render, wake
from booking.foundation.notifications.models import Message


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a mail."""

    name: str
    type: str
    content: bytes


def queue(
    *,
    key: str,
    to: str,
    template: str,
    now: datetime | None = None,
    attachment: Attachment | None = None,
    **words: Any,
) -> Message | None:
    """Queue `template` for one recipient, once: using the same `key` again queues nothing.

    Renders `templates/emails/<template>.{subject.txt,txt,html}` with `words` now, so that the
    mail says what was true. Returns the message, or None when `key` was queued before.
    """
    if db.session.scalar(select(Message.id).where(Message.key == key)) is not None:
        return None
    mail = render.mail(template, words)
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
        queued_at=at,
        next_attempt_at=at,
    )
    db.session.add(message)
    after_commit(wake.worker)
    return message
