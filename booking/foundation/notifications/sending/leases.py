"""Claims a mail for one process, for a while."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy.exc import DBAPIError

from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.encryption import CannotDecrypt
from booking.foundation.notifications import locks, ports, render, transports, words
from booking.foundation.notifications.models import Message, MessageState
from booking.foundation.notifications.transports import Outgoing

log = logging.getLogger(__name__)
#: How long a lease stands. Sending is cut off well before, see SENDING_S.
LEASE = timedelta(minutes=5)


@dataclass(frozen=True)
class Lease:
    """A mail that is ours to send until an instant; without a body, the reason is the problem."""

    message_id: int
    until: datetime
    mail: Outgoing | None
    problem: str = ""


def claim(now: datetime) -> Lease | None:
    """Claim the mail that has been due for longest; None if others have all that is due."""
    with transaction():
        message = locks.next_due(now)
        if message is None:
            return None
        message.state = MessageState.SENDING
        message.attempts += 1
        message.next_attempt_at = until = now + LEASE
        db.session.flush()
        try:
            return Lease(message.id, until, outgoing(message))
        except CannotDecrypt as error:
            log.exception("mail %s cannot be read", message.id)
            return Lease(message.id, until, None, f"the mail cannot be read: {error}")
        except DBAPIError:
            raise
        except Exception as error:
            log.exception("mail %s cannot be read", message.id)
            reason = f"the mail cannot be read ({type(error).__name__})"
            return Lease(message.id, until, None, reason)


def still_ours(lease: Lease) -> bool:
    """Return whether the mail can be sent before somebody else may claim it."""
    return clock.now() + timedelta(seconds=transports.SENDING_S) < lease.until


def outgoing(message: Message) -> Outgoing:
    """Return a mail as it leaves the house."""
    attachment = None
    if message.attachment_name and message.attachment is not None:
        attachment = (message.attachment_name, message.attachment_type or "", message.attachment)
    sender = current_app.config["MAIL_FROM"]
    offer = ports.stop_offer(message.template, message.recipient)
    return Outgoing(
        sender=sender,
        recipient=message.recipient,
        subject=message.subject,
        text=message.text or "",
        html=message.html or "",
        message_id=words.message_id(message, site=render.base_url(), sender=sender),
        reply_to=message.reply_to,
        returns_to=current_app.config["BOUNCE_ADDRESS"],
        stop_url=offer.url if offer else "",
        attachment=attachment,
        files=_files(message),
    )


def _files(message: Message) -> tuple[tuple[str, str, bytes], ...]:
    """Return the files that go with a mail; one that is kept no longer stays behind."""
    carried = message.files or []
    if not carried:
        return ()
    held = ports.contents([sha256 for sha256, _, _ in carried])
    return tuple((name, kind, held[sha256]) for sha256, name, kind in carried if sha256 in held)
