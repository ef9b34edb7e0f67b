"""The card processor's messages, heard or missed; each is only a reason to look."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError

from booking.domain.permissions import WORKER
from booking.foundation import clock
from booking.foundation.db import db, retrying, transaction
from booking.money.checkout import queries as checkout_queries
from booking.money.checkout.service import parking, refunding, settling
from booking.money.checkout.service.settling import SettlementOutcome
from booking.money.clearing.service import disputing, elsewhere, payouts
from booking.money.payments import gateway, processor_account
from booking.money.payments import queries as payment_queries
from booking.money.payments import service as payments
from booking.money.payments.gateway import News

log = logging.getLogger(__name__)
#: Where listening begins when nobody has listened before.
FIRST_LOOK = timedelta(days=3)
#: Messages may turn up late in the processor's own list: so far back is looked again each time.
OVERLAP = timedelta(minutes=10)


def hear(message: gateway.ProcessorMessage) -> SettlementOutcome:
    """Act on a message of the processor. Messages about nothing of ours are let pass.

    What it says may be old by now, so the object is always read again. Raises GatewayUnavailable:
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
    """Act, and once more where somebody else recorded the same at the same moment.

    The second time their rows are there, and only the message's own row says that it was heard.
    A promise of the database that is broken twice is no race: it is raised, and the processor, told
    that something went wrong, sends the message again.
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
    """Ask for the messages written since the last seen, and hear those that never came.

    Return how many were news. Stops where the processor falls silent; the next run begins there.
    """
    seen = checkout_queries.watch()
    since = seen.messages_until if seen and seen.messages_until else now - FIRST_LOOK
    db.session.rollback()  # ends the reading: the processor may take its time
    found = processor_account.current().messages_since(since - OVERLAP)
    known = _known([message.id for message in found])
    news, until = 0, since
    try:
        for message in found:
            if message.id not in known:
                news += _hear_or_list(message)
            until = max(until, message.at or until)
    except gateway.GatewayUnavailable:
        log.warning("the processor fell silent at message %s", message.id)
    retrying(lambda: _keep(until))
    return news


def _hear_or_list(message: gateway.ProcessorMessage) -> bool:
    """Hear a message; one that we cannot follow is listed for a person, and stops no other."""
    try:
        return hear(message) not in {SettlementOutcome.NOT_OURS, SettlementOutcome.REPEATED}
    except gateway.GatewayUnavailable:
        raise
    except Exception:
        db.session.rollback()
        log.exception("message %s could not be followed", message.id)
        retrying(lambda: _list(message))
        return False


def _list(message: gateway.ProcessorMessage) -> None:
    with transaction():
        parking.list_problem(
            key=f"message:{message.id}",
            problem=(
                f"The card processor's message {message.id} ({message.words}, about "
                f"{message.object_id}) could not be followed. "
                "Compare what it is about with the books."
            ),
            amount_pence=0,
            now=clock.now(),
        )


def _known(ids: list[str]) -> set[str]:
    known = payment_queries.known_messages(ids)
    db.session.rollback()
    return known


def _keep(until: datetime) -> None:
    with transaction():
        watch = payments.watch()
        watch.messages_until = max(until, watch.messages_until or until)
