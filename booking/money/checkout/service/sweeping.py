"""What happens without a parent: open payments are followed up."""

import logging
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from booking.foundation import breaker
from booking.foundation.db import db, retrying, transaction
from booking.money.checkout.queries import replies
from booking.money.checkout.service import one_by_one, settling
from booking.money.checkout.service.settling import SettlementOutcome
from booking.money.payments import gateway
from booking.money.payments import locks as payment_locks
from booking.money.payments import queries as payment_queries
from booking.money.payments import service as payments

log = logging.getLogger(__name__)


@dataclass
class Reconciled:
    """What a sweep of open payments found."""

    looked_at: int = 0
    paid: int = 0
    lapsed: int = 0
    unanswered: int = 0


def settle_open(now: datetime) -> Reconciled:
    """Ask the processor about every payment that it may know more about than we do."""
    counts = Reconciled()
    for session_id in _closing():
        _look(session_id, counts, closing=True)
    after_id, silences = 0, 0
    while silences < breaker.SILENCES_MAX and (
        batch := payment_queries.unsettled_sessions(now, after_id=after_id)
    ):
        todo = [(payment.id, str(payment.session_id)) for payment in batch]
        db.session.rollback()  # ends reading: the processor may take a while
        for _, session_id in todo:
            silences = 0 if _look(session_id, counts) else silences + 1
            if silences == breaker.SILENCES_MAX:
                break
        after_id = todo[-1][0]
    counts.lapsed += retrying(lambda: _lapse_abandoned(now))
    return counts


def _closing() -> list[str]:
    found = [str(payment.session_id) for payment in replies.payments_to_close()]
    db.session.rollback()
    return found


def _look(session_id: str, counts: Reconciled, *, closing: bool = False) -> bool:
    counts.looked_at += not closing
    try:
        if closing:
            close(session_id)
        outcome = one_by_one.take(
            partial(settling.settle, session_id),
            key=f"session-waits:{session_id}",
            about=f"What was paid on the page {session_id}",
            besides=(gateway.GatewayRefused,),
        )
    except gateway.GatewayUnavailable:
        counts.unanswered += not closing
        return False
    except gateway.GatewayRefused as error:
        log.error("the processor does not know session %s: %s", session_id, error)
        return True
    counts.paid += outcome is SettlementOutcome.PAID
    counts.lapsed += outcome is SettlementOutcome.LAPSED
    return True


def close(session_id: str) -> None:
    """Close a page at the processor; one that is no longer open will do as well."""
    try:
        gateway.current().expire(session_id)
    except gateway.SessionNotOpen:
        log.info("session %s had ended before it could be closed", session_id)


def _lapse_abandoned(now: datetime) -> int:
    with transaction():
        lapsed = 0
        for payment in payment_queries.abandoned(now):
            lapsed += payments.record_lapsed(payment=payment_locks.payment(payment.id))
        return lapsed
