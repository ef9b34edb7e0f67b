"""What happens without a parent: open payments looked after, and the bank's messages heard."""

import logging
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from booking import clock
from booking.checkout import queries
from booking.checkout.service import refunding, settling
from booking.checkout.service.settling import Outcome
from booking.db import db, retrying, transaction
from booking.domain.permissions import WORKER
from booking.payments import gateway
from booking.payments import queries as payments
from booking.payments import service as paying

log = logging.getLogger(__name__)
#: After so many calls without an answer in a row, the bank is left alone until the next run.
SILENCES_MAX = 3
SESSION_TYPES = "checkout.session."
#: Messages about the money itself: the card fee is known, or a refund was made elsewhere.
MONEY_TYPES = frozenset({"charge.updated", "charge.refunded"})
REFUND_TYPES = frozenset({"refund.created", "refund.updated", "refund.failed"})


@dataclass
class Reconciled:
    """What a sweep of open payments found."""

    looked_at: int = 0
    paid: int = 0
    lapsed: int = 0
    unanswered: int = 0


def settle_open(now: datetime) -> Reconciled:
    """Ask the bank about every payment of which it may know more than we do."""
    counts = Reconciled()
    for session_id in _closing():
        _look(session_id, counts, closing=True)
    after_id, silences = 0, 0
    while silences < SILENCES_MAX and (
        batch := payments.unsettled_sessions(now, after_id=after_id)
    ):
        todo = [(payment.id, str(payment.session_id)) for payment in batch]
        db.session.rollback()  # ends the reading: the bank may take its time
        for _, session_id in todo:
            silences = 0 if _look(session_id, counts) else silences + 1
            if silences == SILENCES_MAX:
                break
        after_id = todo[-1][0]
    counts.lapsed += retrying(lambda: _lapse_abandoned(now))
    return counts


def _closing() -> list[str]:
    found = [str(payment.session_id) for payment in queries.payments_to_close()]
    db.session.rollback()
    return found


def _look(session_id: str, counts: Reconciled, *, closing: bool = False) -> bool:
    counts.looked_at += not closing
    try:
        if closing:
            close(session_id)
        outcome = settling.settle(session_id)
    except gateway.GatewayUnavailable:
        counts.unanswered += not closing
        return False
    except gateway.GatewayRefused as error:
        log.error("the bank does not know session %s: %s", session_id, error)
        return True
    counts.paid += outcome is Outcome.PAID
    counts.lapsed += outcome is Outcome.LAPSED
    return True


def close(session_id: str) -> None:
    """Close a page at the bank; one that is no longer open is as good."""
    try:
        gateway.current().expire(session_id)
    except gateway.SessionNotOpen:
        log.info("session %s had ended before it could be closed", session_id)


def _lapse_abandoned(now: datetime) -> int:
    with transaction():
        lapsed = 0
        for payment in payments.abandoned(now):
            lapsed += paying.record_lapsed(payment=payments.locked(payment.id))
        return lapsed


def hear(message: gateway.Message) -> Outcome:
    """Act on a message of the bank. Messages about nothing of ours are let pass.

    A message is only a reason to look: what it says may be old by now.
    """
    try:
        if message.type.startswith(SESSION_TYPES):
            return settling.settle(message.object_id, message=message)
        if message.type in MONEY_TYPES and (payment := payments.by_money(message.money_id)):
            assert payment.session_id is not None, "card money came through a page"
            return settling.settle(payment.session_id, message=message)
        if message.type in REFUND_TYPES:
            return _hear_of_refund(message)
    except IntegrityError:
        db.session.rollback()
        return Outcome.REPEATED  # its twin was recorded at the same moment
    except gateway.GatewayRefused:
        return Outcome.NOT_OURS
    log.info("message %s of type %s is not about anything here", message.id, message.type)
    return Outcome.NOT_OURS


def _hear_of_refund(message: gateway.Message) -> Outcome:
    answer = gateway.current().refund_now(message.object_id)

    def unit() -> Outcome:
        with transaction():
            refund = payments.refund_by_reference(answer.reference)
            if refund is None:
                return Outcome.NOT_OURS
            if not paying.record_message(message=message, now=clock.now()):
                return Outcome.REPEATED
            refunding.record_answer(refund.id, answer, actor=WORKER, now=clock.now())
            return Outcome.RETURNED

    return retrying(unit)
