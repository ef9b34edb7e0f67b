"""Refunds that somebody made at the bank itself: our books take them in."""

from datetime import datetime

from booking import clock
from booking.checkout import bank_queries
from booking.checkout.service import locks, refunding
from booking.checkout.service.settling import Outcome
from booking.db import db, retrying, transaction
from booking.domain import money
from booking.domain.payment_states import RefundState
from booking.domain.permissions import WORKER
from booking.payments import gateway
from booking.payments import queries as payments
from booking.payments import service as paying
from booking.payments.models import Instead, PaymentLine, Refund

MADE_ELSEWHERE = "It was given back at the card processor's own pages."


def take_in(money_id: str, *, message: gateway.Message | None = None) -> Outcome:
    """Bring our books to every refund of a payment's money.

    With a message, its id is kept in the same transaction. Raises what the gateway raises.
    """
    db.session.rollback()  # ends the reading so far: the bank may take its time
    answers = gateway.current().refunds_of(money_id)

    def unit() -> Outcome:
        with transaction():
            now = clock.now()
            payment = payments.by_money(money_id)
            if payment is None or payment.paid_at is None:
                return Outcome.NOT_OURS
            if message is not None and not paying.record_message(message=message, now=now):
                return Outcome.REPEATED
            for answer in answers:
                _record(payment.id, answer, now=now)
            return Outcome.RETURNED

    return retrying(unit)


def _record(payment_id: int, answer: gateway.RefundAnswer, *, now: datetime) -> None:
    ours = payments.refund_by_reference(answer.reference) if answer.reference else None
    known = [ours] if ours else bank_queries.refunds_at_bank(answer.id)
    if not known:
        known = _write(payment_id, answer, now=now)
    for refund in known:
        refunding.record_answer(refund.id, answer, actor=WORKER, now=now)


def _write(payment_id: int, answer: gateway.RefundAnswer, *, now: datetime) -> list[Refund]:
    """Write a refund that we had not wanted, shared by the payment's lines."""
    held = locks.payment(payment_id)
    made = []
    for each, share in _shares(held, answer.amount_pence):
        if share:
            refund = paying.write_refund(
                actor=WORKER,
                now=now,
                line=each.line,
                amount_pence=share,
                reason=MADE_ELSEWHERE,
                school_id=held.school_id,
            )
            refund.gateway_id = answer.id
            made.append(refund)
    db.session.flush()
    _withdraw_surplus(held, now=now)
    return made


def _shares(held: locks.HeldPayment, amount_pence: int) -> list[tuple[locks.Held, int]]:
    """Return how much of a refund each line bears: the line it fits, or all by what is left.

    More than is left cannot be of this payment's bookings: the account's row will show it.
    """
    left = [_not_gone(each.line) for each in held.lines]
    if amount_pence in left:
        fits = left.index(amount_pence)
        shares = [amount_pence if n == fits else 0 for n in range(len(left))]
    elif sum(left):
        shares = list(money.split(min(amount_pence, sum(left)), left))
    else:
        shares = [0] * len(left)
    return list(zip(held.lines, shares, strict=True))


def _not_gone(line: PaymentLine) -> int:
    """Return what is here of a line: a wish that the bank has not been asked for is still here."""
    gone = sum(
        refund.amount_pence
        for refund in line.refunds
        if refund.state in paying.GONE
        or refund.instead == Instead.GIFT
        or (refund.gateway_id is not None and refund.state in paying.SPOKEN_FOR)
    )
    return max(0, line.amount_pence - gone)


def _withdraw_surplus(held: locks.HeldPayment, *, now: datetime) -> None:
    """Take back wishes that somebody has fulfilled at the bank itself; what was not, stays one."""
    for each in held.lines:
        waiting = [r for r in each.line.refunds if r.state is RefundState.REQUESTED]
        for refund in reversed([r for r in waiting if r.gateway_id is None]):
            if paying.left_of_line(each.line) >= 0:
                break
            paying.withdraw_refund(actor=WORKER, now=now, refund=refund, school_id=held.school_id)
            rest = paying.left_of_line(each.line)
            if rest > 0:
                refunding.request(
                    each, actor=WORKER, now=now, reason=refund.reason, amount_pence=rest
                )
