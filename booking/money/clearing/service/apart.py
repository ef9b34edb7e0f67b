"""Refunds made at the processor from money kept apart, which nobody has explained yet.

The money refunded is taken off what is kept apart, and is on the treasurer's list beside the
payment. When the payment is explained, its refunds become its own, or are explained with it.
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
PROBLEM = "It was refunded on the card processor's own pages, from money that is not explained yet."
FAILED = "The card processor could not pay this refund, so the money is here again."


def is_kept(payment: Payment) -> bool:
    """Return whether a payment's money is in the books without being a payment."""
    return fund_queries.by_key(f"parked:{payment.public_id}") is not None


def key_of(refund_id: str) -> str:
    """Return the ledger key of a refund from money kept apart, by the processor's id."""
    return f"{PREFIX}{refund_id}"


def record(payment: Payment, answer: gateway.RefundAnswer, *, now: datetime) -> None:
    """Take a refund off the money kept apart; put it back if the refund came back.

    The caller has locked the payment and, before it, the refunds that wait with it.
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
    """Return the refunds that wait for an explanation along with a payment's money, locked.

    They come before the payment in the order of locks.
    """
    held = [checkout_locks.explanation(key) for key in waiting_ids(payment)]
    return [row for row in held if row.resolved_at is None]


def waiting_ids(payment: Payment) -> list[int]:
    """Return the ids of the refunds that wait along with a payment's money."""
    found = select(Explanation.id).where(
        Explanation.payment_id == payment.id,
        Explanation.resolved_at.is_(None),
        Explanation.key.startswith(PREFIX),
    )
    return list(db.session.scalars(found.order_by(Explanation.id)))


def answer_of(row: Explanation) -> gateway.RefundAnswer:
    """Return what the processor said about a refund that was kept apart."""
    return gateway.RefundAnswer(
        id=row.parked_key.removeprefix(PREFIX),
        state=RefundState.SUCCEEDED,
        amount_pence=-row.amount_pence,
    )


def is_refund(row: Explanation) -> bool:
    """Return whether something to explain is a refund from money kept apart."""
    return row.parked_key.startswith(PREFIX)
