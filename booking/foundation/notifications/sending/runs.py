"""Sends one mail after another, for as long as a run goes on."""

import logging
from datetime import timedelta
from html import escape

from flask import current_app
from sqlalchemy.exc import InterfaceError, OperationalError

from booking.foundation import chores, clock
from booking.foundation.db import retrying
from booking.foundation.notifications import queries, render, transports, words
from booking.foundation.notifications.models import Message, MessageState
from booking.foundation.notifications.sending import leases, outcomes
from booking.foundation.notifications.sending.leases import Lease
from booking.foundation.notifications.sending.outcomes import Outcome
from booking.foundation.notifications.transports import Outgoing, Transport
from booking.foundation.web import identity

log = logging.getLogger(__name__)
#: A run ends after so long; the next begins within a minute, and shows that the worker is alive.
RUN = timedelta(minutes=5)
#: So many silences of the server in a row end a run; the rest waits for the next.
SILENCES_MAX = 3
#: How long to wait, in seconds, for a database that does not take down what became of a mail. All
#: together they are shorter than what is left of a lease.
PAUSES = (1, 2, 4, 8, 15, 30)


def send_due(*, limit: int = 500) -> int:
    """Send the mail that is due, longest first, at most `limit`; return how many went out."""
    outcomes.give_up_late()
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
        retrying(lambda: outcomes.note(reason))
        return Outcome(MessageState.QUEUED, reason, silences=_silences(error))
    lease = retrying(lambda: leases.claim(clock.now()))
    return None if lease is None else finish(lease, carrier)


def finish(lease: Lease, carrier: Transport) -> Outcome:
    """Send a claimed mail and record what came of it, if it is still ours."""
    if not leases.still_ours(lease):
        log.warning("mail %s was not sent: its lease ran out before", lease.message_id)
        return Outcome(MessageState.QUEUED)
    outcome = _try(lease, carrier)
    _record(lease, outcome)
    return outcome


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


def _record(lease: Lease, outcome: Outcome) -> None:
    """Record what came of a try, patiently: a mail that is sent and not recorded goes out again."""
    for pause in (*PAUSES, None):
        try:
            retrying(lambda: outcomes.record(lease, outcome, now=clock.now()))
        except (OperationalError, InterfaceError) as error:
            if pause is None:
                raise
            kind = type(error).__name__
            log.warning("mail %s cannot be recorded yet (%s)", lease.message_id, kind)
            chores.ending.wait(pause)
        else:
            return


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
                subject=f"Test mail from {identity.facts().name}",
                text=text,
                html=f"<p>{escape(text)}</p>",
                message_id=words.message_id(test, site=site, sender=sender),
            )
        )
    finally:
        carrier.close()
