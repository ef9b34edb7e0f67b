"""Reads of payments and refunds."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from booking.domain.payment_states import PaymentState
from booking.foundation.db import db
from booking.money.payments.models import Method, Payment, PaymentLine, Refund, WebhookEvent

#: How many rows one sweep takes.
SWEEP_MAX = 200
#: The card fee follows the payment within hours; after this we stop waiting for it.
FEE_FOLLOWS_WITHIN = timedelta(days=7)


def by_session(session_id: str) -> Payment | None:
    """Return the payment with this page at the processor."""
    return db.session.scalar(select(Payment).where(Payment.session_id == session_id))


def by_public_id(public_id: str) -> Payment | None:
    """Return the payment with our reference."""
    return db.session.scalar(select(Payment).where(Payment.public_id == public_id))


def by_money(money_id: str) -> Payment | None:
    """Return the payment with the processor's id of its money."""
    if not money_id:
        return None
    return db.session.scalar(
        select(Payment).where(Payment.reference == money_id, Payment.method == Method.CARD)
    )


def lines_of_booking(booking_id: int) -> list[PaymentLine]:
    """Return the lines of every payment for a booking, oldest first."""
    return list(
        db.session.scalars(
            select(PaymentLine)
            .where(PaymentLine.booking_id == booking_id)
            .options(joinedload(PaymentLine.payment), selectinload(PaymentLine.refunds))
            .order_by(PaymentLine.id)
        )
    )


def has_card_payments() -> bool:
    """Return whether anybody has ever gone to pay by card."""
    found = exists().where(Payment.method == Method.CARD)
    return bool(db.session.scalar(select(found)))


def latest_of_parent(booking_id: int, parent_id: int) -> Payment | None:
    """Return the card payment that a parent last began for a booking, with its lines."""
    return db.session.scalar(
        select(Payment)
        .join(Payment.lines)
        .where(
            PaymentLine.booking_id == booking_id,
            Payment.parent_id == parent_id,
            Payment.method == Method.CARD,
        )
        .options(selectinload(Payment.lines))
        .order_by(Payment.id.desc())
        .limit(1)
    )


def unsettled_sessions(
    now: datetime, *, after_id: int = 0, limit: int = SWEEP_MAX
) -> list[Payment]:
    """Return card payments that the processor may know more about than we do, in id order."""
    fee_unknown = (
        Payment.state.in_((PaymentState.PAID, PaymentState.PART_REFUNDED, PaymentState.REFUNDED))
        & Payment.card_fee_pence.is_(None)
        & (Payment.paid_at >= now - FEE_FOLLOWS_WITHIN)
    )
    return list(
        db.session.scalars(
            select(Payment)
            .where(
                Payment.id > after_id,
                Payment.session_id.is_not(None),
                or_(Payment.state == PaymentState.OPENED, fee_unknown),
            )
            .order_by(Payment.id)
            .limit(limit)
        )
    )


def abandoned(now: datetime, *, limit: int = SWEEP_MAX) -> list[Payment]:
    """Return expired payments whose page nobody ever saw."""
    return list(
        db.session.scalars(
            select(Payment)
            .where(
                Payment.state == PaymentState.OPENED,
                Payment.session_id.is_(None),
                Payment.session_expires_at <= now,
            )
            .order_by(Payment.id)
            .limit(limit)
        )
    )


def refund_by_reference(public_id: str) -> Refund | None:
    """Return the refund with our reference."""
    return db.session.scalar(select(Refund).where(Refund.public_id == public_id))


def known_messages(ids: Collection[str]) -> set[str]:
    """Return which of the processor's messages have already taken effect."""
    return set(db.session.scalars(select(WebhookEvent.id).where(WebhookEvent.id.in_(ids))))
