"""The card processor's messages, received or missed; each is only a reason to look."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError

from booking.domain.permissions import WORKER
from booking.foundation import breaker, clock
from booking.foundation.db import db, retrying, transaction
from booking.money.checkout import queries as checkout_queries
from booking.money.checkout.service import one_by_one, refunding, settling
from booking.money.checkout.service.settling import SettlementOutcome
from booking.money.clearing.service import disputing, elsewhere, payouts
from booking.money.payments import gateway, processor_account
from booking.money.payments import queries as payment_queries
from booking.money.payments import service as payments
from booking.money.payments.gateway import News

log = logging.getLogger(__name__)
#: Where to start listening if we have never listened before.
FIRST_LOOK = timedelta(days=3)
#: Messages may turn up late in the processor's own list, so each time we look this far back.
OVERLAP = timedelta(minutes=10)
NEWS = frozenset(SettlementOutcome) - {SettlementOutcome.NOT_OURS, SettlementOutcome.REPEATED}


def hear(message: gateway.ProcessorMessage) -> SettlementOutcome:
    """Act on a message from the processor. Ignore messages about nothing of ours.

    What it says may be out of date, so the object is always read again. Raises GatewayUnavailable:
    then nothing was recorded, and the message may come again.
    """
    act = ACTS.get(message.news)
    if act is None:
        log.info("message %s (%s) is not about anything here", message.id, message.words)
        return SettlementOutcome.NOT_OURS
    try:
        return _again(act, message)
    except gateway.GatewayRefused:
        return SettlementOutcome.NOT_OURS


def _again(
    act: Callable[[gateway.ProcessorMessage], SettlementOutcome], message: gateway.ProcessorMessage
) -> SettlementOutcome:
    """Act, and try once more if somebody else recorded the same thing at the same moment.

    The second time their rows are there, and only the message's own row says that it was dealt
    with. A constraint that is broken twice is not a race: the error is raised, and the processor,
    told that something went wrong, sends the message again.
    """
    try:
        return act(message)
    except IntegrityError:
        db.session.rollback()
        return act(message)


def _session(message: gateway.ProcessorMessage) -> SettlementOutcome:
    return settling.settle(message.object_id, message=message)


def _money(message: gateway.ProcessorMessage) -> SettlementOutcome:
    payment = payment_queries.by_money(message.money_id)
    if payment is None or payment.session_id is None:
        return SettlementOutcome.NOT_OURS
    session_id = payment.session_id
    if message.news is News.MONEY_BACK:
        elsewhere.take_in(message.money_id)
    return settling.settle(session_id, message=message)


def _refund(message: gateway.ProcessorMessage) -> SettlementOutcome:
    answer = gateway.current().refund_now(message.object_id)
    refund = payment_queries.refund_by_reference(answer.reference) if answer.reference else None
    if refund is None:
        if not answer.money_id:
            return SettlementOutcome.NOT_OURS
        return elsewhere.take_in(answer.money_id, message=message)
    refund_id = refund.id

    def unit() -> SettlementOutcome:
        with transaction():
            if not payments.record_message(message=message, now=clock.now()):
                return SettlementOutcome.REPEATED
            refunding.record_answer(refund_id, answer, actor=WORKER, now=clock.now())
            return SettlementOutcome.RETURNED

    return retrying(unit)


def _dispute(message: gateway.ProcessorMessage) -> SettlementOutcome:
    return disputing.look(message.object_id, message=message)


def _payout(message: gateway.ProcessorMessage) -> SettlementOutcome:
    return payouts.look(message.object_id, message=message)


ACTS: Mapping[News, Callable[[gateway.ProcessorMessage], SettlementOutcome]] = {
    News.SESSION: _session,
    News.MONEY: _money,
    News.MONEY_BACK: _money,
    News.REFUND: _refund,
    News.DISPUTE: _dispute,
    News.PAYOUT: _payout,
}


def hear_missed(now: datetime) -> int:
    """Ask for the messages written since the last one we saw, and act on those that never came.

    Return how many were new. Stop when the processor stops answering; the next run starts there.
    """
    seen = checkout_queries.watch()
    since = seen.messages_until if seen and seen.messages_until else now - FIRST_LOOK
    db.session.rollback()  # ends reading: the processor may take a while
    found = processor_account.current().messages_since(since - OVERLAP)
    known = _known([message.id for message in found])
    news, until, silences = 0, since, 0
    for message in found:
        try:
            if message.id not in known:
                news += hear_or_list(message) in NEWS
        except gateway.GatewayUnavailable:
            log.warning("the processor fell silent at message %s", message.id)
            silences += 1
        if silences == breaker.SILENCES_MAX:
            break
        if not silences:
            until = max(until, message.at or until)
    retrying(lambda: _keep(until))
    return news


def hear_or_list(message: gateway.ProcessorMessage) -> SettlementOutcome | None:
    """Act on a message; list one that we cannot follow for a person, and go on with the others.

    Raises GatewayUnavailable; None says that it could not be followed.
    """
    return one_by_one.take(
        lambda: hear(message),
        key=f"message:{message.id}",
        about=(
            f"The card processor's message {message.id} ({message.words}, about "
            f"{message.object_id})"
        ),
    )


def _known(ids: list[str]) -> set[str]:
    known = payment_queries.known_messages(ids)
    db.session.rollback()
    return known


def _keep(until: datetime) -> None:
    with transaction():
        watch = payments.watch()
        watch.messages_until = max(until, watch.messages_until or until)
