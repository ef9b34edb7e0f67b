"""Records what became of a mail, and announces it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from booking.foundation import clock
from booking.foundation.db import db, is_retryable, retrying, transaction
from booking.foundation.notifications import announcements, locks, service
from booking.foundation.notifications.models import WAITING, Message, MessageState
from booking.foundation.notifications.sending.leases import Lease

log = logging.getLogger(__name__)
#: How long to wait after the first, second … failed try; the last one repeats.
WAITS = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 180))
#: A mail is tried once more so long before it is no longer worth sending.
LAST_CHANCE = timedelta(minutes=10)
BATCH = 100


@dataclass(frozen=True)
class Outcome:
    """What came of a try: the state of the mail from now on, and why it did not go out."""

    state: MessageState
    reason: str = ""
    #: For how many silences it counts: none if the server answered.
    silences: int = 0


def record(lease: Lease, outcome: Outcome, *, now: datetime) -> None:
    """Record what came of a try, if the mail is still ours."""
    with transaction():
        message = locks.claimed(lease.message_id, lease.until)
        if message is None:
            said = "mail %s was not recorded as %s: its lease ran out before"
            log.warning(said, lease.message_id, outcome.state.value)
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
    message.text = message.html = message.attachment = message.files = None
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


def note(reason: str) -> None:
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


def put_away(*, now: datetime) -> int:
    """Mark queued mail as sent without sending it: the people in the demonstration have no mailbox.

    Returns how many.
    """
    unsent = Message.state.in_(WAITING)
    emptied = {"text": None, "html": None, "attachment": None, "files": None}
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
