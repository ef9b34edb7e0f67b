"""Refunds that somebody made at the processor itself, entered in our books."""

from datetime import datetime

from booking.domain import money
from booking.domain.payment_states import RefundState
from booking.domain.permissions import WORKER
from booking.foundation import clock
from booking.foundation.db import db, retrying, transaction
from booking.money.checkout import locks as checkout_locks
from booking.money.checkout import queries as checkout_queries
from booking.money.checkout.service import refunding
from booking.money.checkout.service.settling import SettlementOutcome
from booking.money.clearing.service import apart
from booking.money.payments import gateway
from booking.money.payments import queries as payment_queries
from booking.money.payments import service as payments
from booking.money.payments.models import Instead, Payment, PaymentLine, Refund

MADE_ELSEWHERE = "It was refunded on the card processor's own pages."


def take_in(money_id: str, *, message: gateway.ProcessorMessage | None = None) -> SettlementOutcome:
    """Bring our books up to date with every refund of a payment's money.

    With a message, its id is kept in the same transaction. Raises what the gateway raises.
    """
    db.session.rollback()  # ends reading: the processor may take a while
    answers = gateway.current().refunds_of(money_id)

    def unit() -> SettlementOutcome:
        with transaction():
            now = clock.now()
            payment = payment_queries.by_money(money_id)
            if payment is None or not _is_here(payment):
                return SettlementOutcome.NOT_OURS
            if message is not None and not payments.record_message(message=message, now=now):
                return SettlementOutcome.REPEATED
            for answer in answers:
                if payment.paid_at is None:
                    apart.record(payment, answer, now=now)
                    continue
                record(payment.id, answer, now=now)
            return SettlementOutcome.RETURNED

    return retrying(unit)


def _is_here(payment: Payment) -> bool:
    """Say whether the money is in our books; what is kept apart is locked until the commit."""
    if payment.paid_at is None:
        apart.hold(payment)
        checkout_locks.payment(payment.id)
    return payment.paid_at is not None or apart.is_kept(payment)


def record(payment_id: int, answer: gateway.RefundAnswer, *, now: datetime) -> None:
    """Record a refund of a payment that counts, whoever wanted it."""
    ours = payment_queries.refund_by_reference(answer.reference) if answer.reference else None
    known = [ours] if ours else checkout_queries.refunds_known_as(answer.id)
    if not known:
        known = _write(payment_id, answer, now=now)
    for refund in known:
        refunding.record_answer(refund.id, answer, actor=WORKER, now=now)


def _write(payment_id: int, answer: gateway.RefundAnswer, *, now: datetime) -> list[Refund]:
    """Write a refund that we had not requested, shared among the payment's lines."""
    held = checkout_locks.payment(payment_id)
    made = []
    for each, share in _shares(held, answer.amount_pence):
        if share:
            refund = payments.write_refund(
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


def _shares(
    held: checkout_locks.HeldPayment, amount_pence: int
) -> list[tuple[checkout_locks.HeldLine, int]]:
    """Return how much of a refund each line bears: the one it fits, or all by what is left.

    More than is left cannot belong to this payment's bookings: the account's row will show it.
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
    """Return how much of a line is here, including requests not yet sent to the processor."""
    gone = sum(
        refund.amount_pence
        for refund in line.refunds
        if refund.state in payments.GONE
        or refund.instead == Instead.GIFT
        or (refund.gateway_id is not None and refund.state in payments.SPOKEN_FOR)
    )
    return max(0, line.amount_pence - gone)


def _withdraw_surplus(held: checkout_locks.HeldPayment, *, now: datetime) -> None:
    """Cancel requests that somebody has met at the processor; request again what is left."""
    for each in held.lines:
        waiting = [r for r in each.line.refunds if r.state is RefundState.REQUESTED]
        for refund in reversed([r for r in waiting if r.gateway_id is None]):
            if payments.left_of_line(each.line) >= 0:
                break
            payments.withdraw_refund(actor=WORKER, now=now, refund=refund, school_id=held.school_id)
            rest = payments.left_of_line(each.line)
            if rest > 0:
                refunding.request(
                    each, actor=WORKER, now=now, reason=refund.reason, amount_pence=rest
                )
