"""Refunds made at the processor of money that is kept apart: nobody knows yet whose it is.

The money that went is taken off what is kept apart, on the treasurer's list beside the payment.
When the payment is explained, its refunds become refunds of it, or are explained with it.
"""

from datetime import datetime

from sqlalchemy import select

from booking.domain import ledger
from booking.domain.payment_states import RefundState
from booking.domain.permissions import WORKER
from booking.foundation.db import db
from booking.money.checkout import locks as checkout_locks
from booking.money.checkout import queries as checkout_queries
from booking.money.checkout.models import Explanation, Resolution
from booking.money.checkout.service import parking, posting
from booking.money.fund import queries as fund_queries
from booking.money.fund import service as fund
from booking.money.payments import gateway
from booking.money.payments import service as payments
from booking.money.payments.models import Payment

PREFIX = "parked-refund:"
PROBLEM = "It was given back at the card processor's own pages, of money that is to be explained."
FAILED = "The card processor could not pay this refund out, so the money is there again."


def is_kept(payment: Payment) -> bool:
    """Say whether a payment's money is in the books without being a payment."""
    return fund_queries.by_key(f"parked:{payment.public_id}") is not None


def key_of(refund_id: str) -> str:
    """Return the ledger's key of a refund of money kept apart, by the processor's id."""
    return f"{PREFIX}{refund_id}"


def record(payment: Payment, answer: gateway.RefundAnswer, *, now: datetime) -> None:
    """Take what went back off what is kept apart; put it there again when it came back.

    The caller holds the payment, and before it what waits with it.
    """
    key = key_of(answer.id)
    found = checkout_queries.explanation_by_key(key)
    if answer.state in payments.GONE and found is None:
        draft = ledger.parked(key=key, pence=-answer.amount_pence)
        fund.post(actor=WORKER, now=now, draft=draft)
        parking.list_problem(
            key=key,
            problem=PROBLEM,
            amount_pence=-answer.amount_pence,
            now=now,
            payment=payment,
            parked_key=key,
        )
    elif answer.state is RefundState.FAILED and found is not None:
        posting.undo(key, reason=FAILED, now=now)
        if found.resolved_at is None:
            found.resolution, found.reason, found.resolved_at = Resolution.NOTED, FAILED, now


def hold(payment: Payment) -> list[Explanation]:
    """Return the refunds that wait with a payment's money for an explanation, locked.

    They come before the payment in the order of locks.
    """
    held = [checkout_locks.explanation(key) for key in waiting_ids(payment)]
    return [row for row in held if row.resolved_at is None]


def waiting_ids(payment: Payment) -> list[int]:
    """Return which refunds wait with a payment's money."""
    found = select(Explanation.id).where(
        Explanation.payment_id == payment.id,
        Explanation.resolved_at.is_(None),
        Explanation.key.startswith(PREFIX),
    )
    return list(db.session.scalars(found.order_by(Explanation.id)))


def answer_of(row: Explanation) -> gateway.RefundAnswer:
    """Return what the processor said of a refund that was kept apart."""
    return gateway.RefundAnswer(
        id=row.parked_key.removeprefix(PREFIX),
        state=RefundState.SUCCEEDED,
        amount_pence=-row.amount_pence,
    )


def is_refund(row: Explanation) -> bool:
    """Say whether something to explain is a refund of money that is kept apart."""
    return row.parked_key.startswith(PREFIX)
