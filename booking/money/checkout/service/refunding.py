"""Money that goes back: requested in the transaction that causes it, paid later by the worker."""

import logging
from datetime import datetime
from functools import partial

from booking.days.events.models import Event
from booking.days.places.models import Booking
from booking.domain import money
from booking.domain.booking_states import BookingState
from booking.domain.payment_states import FundingStatus, RefundState
from booking.domain.permissions import WORKER, Actor
from booking.foundation import clock
from booking.foundation.db import db, retrying, transaction
from booking.money.checkout import locks, queries
from booking.money.checkout.models import Funding
from booking.money.checkout.queries import replies
from booking.money.checkout.service import funding, giving, mail, one_by_one, posting
from booking.money.payments import gateway
from booking.money.payments import service as payments
from booking.money.payments.models import Instead, Method, PaymentLine, Refund

log = logging.getLogger(__name__)
EVENT_CANCELLED = "The event was cancelled."
PLACE_ENDED = "The place was given back."


def request(
    held: locks.HeldLine,
    *,
    actor: Actor,
    now: datetime,
    reason: str,
    amount_pence: int | None = None,
) -> Refund:
    """Request a refund of a line's money, all that is left of it unless told otherwise."""
    wanted = payments.request_refund(
        actor=actor,
        now=now,
        line=held.line,
        reason=reason,
        school_id=held.booking.school_id,
        amount_pence=amount_pence,
    )
    db.session.flush()
    return wanted


def refund(
    *, actor: Actor, now: datetime, line: PaymentLine, reason: str, amount_pence: int | None = None
) -> Refund:
    """Request a refund that a person decided on. NothingToRefund, MoreThanLeft, Disputed."""
    held = locks.line(line.id)
    payments.refuse_disputed(held.payment)
    return request(held, actor=actor, now=now, reason=reason, amount_pence=amount_pence)


def return_money(booking: Booking, *, actor: Actor, now: datetime) -> None:
    """Refund what was paid for a place that has ended; called on places' announcement."""
    for line_id in [line.id for line in replies.held_lines(booking.id)]:
        held = locks.line(line_id)
        if not payments.left_of_line(held.line):
            continue
        if booking.state is BookingState.CANCELLED:  # the whole event was cancelled
            _return_of_cancelled(held, actor=actor, now=now)
        else:
            request(held, actor=actor, now=now, reason=PLACE_ENDED)
    row = locks.funding(booking.id)
    if row is not None and row.status in {FundingStatus.RECEIVED, FundingStatus.PARTLY}:
        to = FundingStatus.REFUNDED
        funding.move(row, to, actor=actor, now=now, school_id=booking.school_id)


def return_money_of_event(event: Event, *, actor: Actor, now: datetime, **_facts: object) -> None:
    """Refund everything that is still held for a cancelled event."""
    for line_id in replies.held_line_ids_of_event(event.id):
        held = locks.line(line_id)
        if payments.left_of_line(held.line):
            _return_of_cancelled(held, actor=actor, now=now)


def _return_of_cancelled(held: locks.HeldLine, *, actor: Actor, now: datetime) -> None:
    """Refund what is held for a cancelled event, unless the family would rather give it."""
    wanted = request(held, actor=actor, now=now, reason=EVENT_CANCELLED)
    giving.offer(held, wanted, now=now)


def waiting_by_hand(booking: Booking) -> list[Refund]:
    """Return the refunds for a place that ended that somebody has still to hand over."""
    return [
        row
        for line in replies.held_lines(booking.id)
        if line.payment.method is not Method.CARD
        for row in line.refunds
        # One that a person decided on has a reason of its own, and stays.
        if row.state is RefundState.REQUESTED and row.reason == PLACE_ENDED
    ]


def call_off(rows: list[Refund], *, actor: Actor, now: datetime, booking: Booking) -> None:
    """Cancel refunds that nobody has handed over yet: the money counts for its booking again."""
    for row in rows:
        payments.withdraw_refund(actor=actor, now=now, refund=row, school_id=booking.school_id)
    db.session.flush()


def execute_refunds(now: datetime) -> int:
    """Ask the processor for refunds, and about those in progress; return how many it answered.

    May be repeated at will: each refund has one key at the processor.
    """
    answered, after_id = 0, 0
    while batch := queries.refunds_to_execute(now, after_id=after_id):
        todo = [(row.id, _order(row), row.gateway_id) for row in batch]
        db.session.rollback()  # ends reading: the processor may take a while
        for refund_id, order, gateway_id in todo:
            done = one_by_one.take(
                partial(_execute, refund_id, order, gateway_id),
                key=f"refund-waits:{order.reference}",
                about=f"The refund of {money.pounds(order.amount_pence)}",
                amount_pence=-order.amount_pence,
            )
            answered += bool(done)
        after_id = todo[-1][0]
    return answered


def _order(row: Refund) -> gateway.RefundOrder:
    # The processor would repeat an earlier "too little money" for the same key.
    again = f":{int(row.short_at.timestamp())}" if row.short_at else ""
    return gateway.RefundOrder(
        reference=row.public_id,
        key=f"refund:{row.public_id}{again}",
        money_id=row.payment.reference,
        amount_pence=row.amount_pence,
    )


def _execute(refund_id: int, order: gateway.RefundOrder, gateway_id: str | None) -> bool:
    processor = gateway.current()
    try:
        answer = processor.refund_now(gateway_id) if gateway_id else _made(processor, order)
    except gateway.BalanceTooLow as error:
        log.warning("refund %s waits: %s", order.reference, error)
        retrying(lambda: _record_short(refund_id))
        return False  # nobody is told: it goes out once the processor holds enough
    except gateway.GatewayUnavailable:
        return False  # the next run will ask again, under the same key
    except gateway.GatewayRefused as error:
        log.error("the processor refused refund %s: %s", order.reference, error)
        retrying(lambda: _record_refusal(refund_id))
        return True
    retrying(lambda: _record_answer(refund_id, answer))
    return True


def _made(processor: gateway.Gateway, order: gateway.RefundOrder) -> gateway.RefundAnswer:
    """Ask for a refund, unless it has already been made and only the answer was lost.

    The key alone is not enough: the processor repeats its own errors for it, and forgets it after
    a day, when the same key would refund the money a second time.
    """
    known = processor.refunds_of(order.money_id)
    made = next((answer for answer in known if answer.reference == order.reference), None)
    return made or processor.refund(order)


def _record_answer(refund_id: int, answer: gateway.RefundAnswer) -> None:
    with transaction():
        record_answer(refund_id, answer, actor=WORKER, now=clock.now())


def _record_short(refund_id: int) -> None:
    with transaction() as unit:
        held = locks.line(unit.get_one(Refund, refund_id).line_id)
        row = next(row for row in held.line.refunds if row.id == refund_id)
        if row.state is RefundState.REQUESTED:
            row.short_at = clock.now()


def _record_refusal(refund_id: int) -> None:
    with transaction() as unit:
        held = locks.line(unit.get_one(Refund, refund_id).line_id)
        row = next(row for row in held.line.refunds if row.id == refund_id)
        if row.state is RefundState.REQUESTED:
            payments.cancel_refund(
                actor=WORKER, now=clock.now(), refund=row, school_id=held.booking.school_id
            )
            mail.refund_failed(held, row, now=clock.now())


def record_answer(
    refund_id: int, answer: gateway.RefundAnswer, *, actor: Actor, now: datetime
) -> None:
    """Record the state of a refund, and update the ledger and the fee's status."""
    held = locks.line(db.session.get_one(Refund, refund_id).line_id)
    row = next(row for row in held.line.refunds if row.id == refund_id)
    moved = payments.record_refund(
        actor=actor, now=now, refund=row, answer=answer, school_id=held.booking.school_id
    )
    db.session.flush()
    if moved > 0:
        posting.refund(held, row, now=now, actor=actor)
        mail.refund_sent(held, row, now=now)
    elif moved < 0:
        posting.failed_refund(row, now=now)
        mail.refund_failed(held, row, now=now)
    if moved and db.session.get(Funding, held.booking.id) is not None:
        funding.count_money(held.booking, actor=actor, now=now)


def give_back_by_hand(*, actor: Actor, now: datetime, refund: Refund) -> None:
    """Record that cash, a cheque or a transfer was handed back. Raises NotWaiting."""
    assert refund.payment.method is not Method.CARD, "the processor refunds card payments"
    locks.line(refund.line_id)
    if refund.state is RefundState.CANCELLED:
        raise payments.NotWaiting(
            "This refund has since been cancelled, so the money stays here. If you have handed it "
            "back already, request the refund again."
        )
    answer = gateway.RefundAnswer(
        id=f"by-hand:{refund.public_id}",
        state=RefundState.SUCCEEDED,
        amount_pence=refund.amount_pence,
        reference=refund.public_id,
    )
    record_answer(refund.id, answer, actor=actor, now=now)


def try_again(*, actor: Actor, now: datetime, refund: Refund) -> Refund:
    """Ask the processor again for a refund that failed.

    It is a new refund, under a new key. NotFailed, NothingToRefund, MoreThanLeft, Disputed.
    """
    held = _failed(refund)
    return request(
        held, actor=actor, now=now, reason=refund.reason, amount_pence=refund.amount_pence
    )


def hand_back(*, actor: Actor, now: datetime, refund: Refund, by: Instead, note: str) -> Refund:
    """Record that a failed refund was paid another way; `note` is its reference.

    Raises NotFailed, NothingToRefund, MoreThanLeft, Disputed.
    """
    assert by in posting.INSTEAD, "a way of handing money over"
    held = _failed(refund)
    again = request(
        held, actor=actor, now=now, reason=refund.reason, amount_pence=refund.amount_pence
    )
    again.instead = by.value
    answer = gateway.RefundAnswer(
        id=f"by-hand:{again.public_id}:{note}",
        state=RefundState.SUCCEEDED,
        amount_pence=again.amount_pence,
        reference=again.public_id,
    )
    record_answer(again.id, answer, actor=actor, now=now)
    return again


def _failed(refund: Refund) -> locks.HeldLine:
    held = locks.line(refund.line_id)
    row = next(row for row in held.line.refunds if row.id == refund.id)
    if not payments.went_wrong(row):
        raise payments.NotFailed("This refund has not failed. Check the list again.")
    payments.refuse_disputed(held.payment)
    return held
