"""Sends what is waiting in the outbox: at least once, for as long as it is worth sending.

Each mail is claimed in one transaction, sent outside any, and recorded in another. A process that
dies in between leaves a lease behind; once it has run out, the mail is sent again. A process that
comes back after its lease neither sends nor records: by then the mail is somebody else's.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape

from flask import current_app
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from booking.foundation import chores, clock
from booking.foundation.db import db, is_retryable, retrying, transaction
from booking.foundation.encryption import CannotDecrypt
from booking.foundation.notifications import (
    announcements,
    locks,
    queries,
    render,
    service,
    transports,
    words,
)
from booking.foundation.notifications.models import WAITING, Message, MessageState
from booking.foundation.notifications.transports import Outgoing, Transport

log = logging.getLogger(__name__)
#: How long a lease stands. Sending is cut off well before, see SENDING_S.
LEASE = timedelta(minutes=5)
#: A run ends after so long; the next begins within a minute, and shows that the worker is alive.
RUN = timedelta(minutes=5)
#: So many silences of the server in a row end a run; the rest waits for the next.
SILENCES_MAX = 3
#: How long to wait after the first, second … failed try; the last one repeats.
WAITS = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 180))
#: A mail is tried once more so long before it is no longer worth sending.
LAST_CHANCE = timedelta(minutes=10)
BATCH = 100


@dataclass(frozen=True)
class Lease:
    """A mail that is ours to send until an instant; without a body, the reason is the problem."""

    message_id: int
    until: datetime
    mail: Outgoing | None
    problem: str = ""


@dataclass(frozen=True)
class Outcome:
    """What came of a try: the state of the mail from now on, and why it did not go out."""

    state: MessageState
    reason: str = ""
    #: For how many silences it counts: none if the server answered.
    silences: int = 0


def send_due(*, limit: int = 500) -> int:
    """Send the mail that is due, longest first, at most `limit`; return how many went out."""
    give_up_late()
    carrier = transports.transport(current_app.config)
    sent = silences = 0
    started = clock.now()
    try:
        for _ in range(limit):
            now = clock.now()
            if chores.ending.is_set() or now > started + RUN or not queries.is_due(now):
                break
            outcome = _next(carrier)
            if outcome is None:
                break
            sent += outcome.state is MessageState.SENT
            silences = silences + outcome.silences if outcome.silences else 0
            if silences >= SILENCES_MAX:
                log.warning("mail waits for the next run: %s", outcome.reason)
                break
    finally:
        carrier.close()
    return sent


def _next(carrier: Transport) -> Outcome | None:
    """Try the next mail and record what came of it; None if others have all that is due."""
    # The server is asked before a mail is claimed: if it is away, that costs no mail a try.
    try:
        carrier.ready()
    except transports.ServerAway as error:
        reason = str(error)
        retrying(lambda: _note(reason))
        return Outcome(MessageState.QUEUED, reason, silences=_silences(error))
    lease = retrying(lambda: _claim(clock.now()))
    return None if lease is None else _finish(lease, carrier)


def _finish(lease: Lease, carrier: Transport) -> Outcome:
    """Send a claimed mail and record what came of it, if it is still ours."""
    if not _still_ours(lease):
        log.warning("mail %s was not sent: its lease ran out before", lease.message_id)
        return Outcome(MessageState.QUEUED)
    outcome = _try(lease, carrier)
    retrying(lambda: _record(lease, outcome, now=clock.now()))
    return outcome


def _claim(now: datetime) -> Lease | None:
    with transaction():
        message = locks.next_due(now)
        if message is None:
            return None
        message.state = MessageState.SENDING
        message.attempts += 1
        message.next_attempt_at = until = now + LEASE
        db.session.flush()
        try:
            return Lease(message.id, until, _outgoing(message))
        except CannotDecrypt as error:
            log.exception("mail %s cannot be read", message.id)
            return Lease(message.id, until, None, f"the mail cannot be read: {error}")
        except DBAPIError:
            raise
        except Exception as error:
            log.exception("mail %s cannot be read", message.id)
            reason = f"the mail cannot be read ({type(error).__name__})"
            return Lease(message.id, until, None, reason)


def _outgoing(message: Message) -> Outgoing:
    attachment = None
    if message.attachment_name and message.attachment is not None:
        attachment = (message.attachment_name, message.attachment_type or "", message.attachment)
    sender = current_app.config["MAIL_FROM"]
    return Outgoing(
        sender=sender,
        recipient=message.recipient,
        subject=message.subject,
        text=message.text or "",
        html=message.html or "",
        message_id=words.message_id(message, site=render.base_url(), sender=sender),
        reply_to=message.reply_to,
        returns_to=current_app.config["BOUNCE_ADDRESS"],
        attachment=attachment,
    )


def _still_ours(lease: Lease) -> bool:
    """Return whether the mail can be sent before somebody else may claim it."""
    return clock.now() + timedelta(seconds=transports.SENDING_S) < lease.until


def _try(lease: Lease, carrier: Transport) -> Outcome:
    if lease.mail is None:
        return Outcome(MessageState.FAILED, lease.problem)
    try:
        carrier.send(lease.mail)
    except transports.RecipientRefused as error:
        return Outcome(MessageState.REFUSED, str(error))
    except transports.CannotSend as error:
        return Outcome(MessageState.QUEUED, str(error), silences=_silences(error))
    except Exception as error:
        # Whatever it is about this mail, it must not keep the others back.
        log.exception("mail %s cannot be sent", lease.message_id)
        return Outcome(MessageState.FAILED, f"the mail cannot be sent ({type(error).__name__})")
    return Outcome(MessageState.SENT)


def _silences(error: transports.CannotSend) -> int:
    if isinstance(error, transports.LoginRefused):
        return SILENCES_MAX  # asking again with the same password may get us locked out
    return int(isinstance(error, transports.ServerAway))


def _record(lease: Lease, outcome: Outcome, *, now: datetime) -> None:
    with transaction():
        message = locks.claimed(lease.message_id, lease.until)
        if message is None:
            log.warning("mail %s was not recorded: its lease ran out before", lease.message_id)
        elif outcome.state is MessageState.SENT:
            _record_sent(message, now=now)
        elif outcome.state is MessageState.QUEUED:
            message.state, message.last_error = outcome.state, outcome.reason
            message.next_attempt_at = _next_try(message, now)
        else:
            _give_up(message, outcome.state, outcome.reason, now=now)


def _record_sent(message: Message, *, now: datetime) -> None:
    message.state, message.sent_at, message.last_error = MessageState.SENT, now, ""
    # The body held a private link: once it is sent, nobody needs it here.
    message.text = message.html = message.attachment = None
    _announce(lambda: announcements.went_out(message, now=now), message)


def _next_try(message: Message, now: datetime) -> datetime:
    usual = now + WAITS[min(message.attempts, len(WAITS)) - 1]
    last = (message.keep_until or usual) - LAST_CHANCE
    return last if now < last < usual else usual


def _give_up(message: Message, state: MessageState, reason: str, *, now: datetime) -> None:
    """Leave a mail until somebody asks for it; its body stays while it is worth sending."""
    message.state, message.last_error, message.failed_at = state, reason, now
    log.error("mail %s was given up after %s tries", message.id, message.attempts)
    _announce(lambda: announcements.given_up(message, now=now), message)


def _announce(announce: Callable[[], None], message: Message) -> None:
    """Announce a mail's fate; a subscriber that fails must not make us send it for ever."""
    try:
        with db.session.begin_nested():
            announce()
    except Exception as error:
        if is_retryable(error):
            raise
        log.exception("what became of mail %s was not taken up", message.id)


def _note(reason: str) -> None:
    """Write down why the mail that is due waits."""
    now = clock.now()
    with transaction() as session:
        session.execute(
            update(Message)
            .where(
                Message.state == MessageState.QUEUED,
                Message.next_attempt_at <= now,
                Message.last_error != reason,
            )
            .values(last_error=reason)
            .execution_options(synchronize_session=False)
        )


def give_up_late() -> int:
    """Give up the mail that is no longer worth sending; return how many."""
    given_up = 0
    while count := retrying(lambda: _give_up_batch(clock.now())):
        given_up += count
    return given_up


def _give_up_batch(now: datetime) -> int:
    with transaction():
        late = locks.too_late(now, kept=service.KEPT, limit=BATCH)
        for message in late:
            why = f": {message.last_error}" if message.last_error else ""
            _give_up(message, MessageState.FAILED, f"too late to send it{why}", now=now)
    return len(late)


def send_test(address: str) -> None:
    """Send a mail about nothing at once. Raises CannotSend or RecipientRefused."""
    sender, site, now = current_app.config["MAIL_FROM"], render.base_url(), clock.now()
    text = f"This is a test of the mail settings of {site}. Nobody needs to answer it.\n"
    test = Message(key=f"test:{now.isoformat()}", queued_at=now)
    carrier = transports.transport(current_app.config)
    try:
        carrier.send(
            Outgoing(
                sender=sender,
                recipient=address,
                subject=f"Test mail from {current_app.config['NETWORK_NAME']}",
                text=text,
                html=f"<p>{escape(text)}</p>",
                message_id=words.message_id(test, site=site, sender=sender),
            )
        )
    finally:
        carrier.close()


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
