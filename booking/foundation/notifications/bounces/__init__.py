"""Takes in what mail servers report later about mail that they had accepted.

A report counts only if it names the Message-ID of mail that we sent: nobody else knows it, so
nobody can have an address marked as refused by writing to the mailbox.
"""

import logging
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import load_only

from booking.foundation import chores, clock
from booking.foundation.db import db, retrying, transaction
from booking.foundation.notifications import announcements, locks, render, words
from booking.foundation.notifications.bounces import inbox, reports
from booking.foundation.notifications.bounces.inbox import Inbox, InboxAway
from booking.foundation.notifications.bounces.reports import DeliveryReport
from booking.foundation.notifications.models import Message, MessageState

__all__ = ["InboxAway", "take_in"]

log = logging.getLogger(__name__)
#: How long after sending a report may come: mail servers give up within five days.
REPORTED_WITHIN = timedelta(days=14)


def take_in() -> int:
    """Read the unread reports and record which mail was refused; return how many were about ours.

    Does nothing if no mailbox is set. Raises InboxAway.
    """
    url = current_app.config["BOUNCE_IMAP_URL"]
    if not url:
        return 0
    ours = 0
    with inbox.opened(inbox.read_address(url)) as mailbox:
        known: dict[str, int] | None = None
        for number, content in mailbox.reports():
            report = reports.read(content)
            if known is None:
                known = _sent_lately(clock.now())
            ours += _take(mailbox, number, report, known)
            if chores.ending.is_set():
                break
    return ours


def _take(mailbox: Inbox, number: str, report: DeliveryReport | None, known: dict[str, int]) -> int:
    message_id = known.get(report.message_id) if report else None
    if report is None or message_id is None:
        mailbox.mark_looked_at(number)
        return 0
    if report.is_final:
        try:
            retrying(lambda: _record(message_id, report, now=clock.now()))
        except Exception:
            # It stays unread, and must not keep the others back.
            log.exception("what came back for mail %s was not taken in", message_id)
            return 0
    # Recorded first: a report that is read twice does no harm, one that is lost does.
    mailbox.mark_read(number)
    return 1


def _sent_lately(now: datetime) -> dict[str, int]:
    """Return the mails that a report may be about, by Message-ID."""
    site, sender = render.base_url(), current_app.config["MAIL_FROM"]
    sent = db.session.scalars(
        select(Message)
        .where(Message.state == MessageState.SENT, Message.sent_at >= now - REPORTED_WITHIN)
        .options(load_only(Message.key, Message.queued_at, raiseload=True))
        .execution_options(yield_per=1000)
    )
    found = {words.message_id(mail, site=site, sender=sender): mail.id for mail in sent}
    db.session.rollback()
    return found


def _record(message_id: int, report: DeliveryReport, *, now: datetime) -> None:
    """Record that a mail came back, and announce it."""
    with transaction():
        [message] = locks.named([message_id])
        if message.state is not MessageState.SENT:
            return
        message.failed_at = now
        if report.is_about_address:
            message.state = MessageState.REFUSED
            message.last_error = f"the mail came back: no such address ({report.status})"
        else:
            message.state = MessageState.FAILED
            message.last_error = f"the mail came back ({report.status})"
        log.error("mail %s came back with %s", message.id, report.status)
        announcements.given_up(message, now=now)
