"""Lock payments before counting, refunding or paying in their money, payouts before posting."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from booking.foundation.db import THE_ROW, db
from booking.money.payments.models import Payment, PaymentLine, Payout, ProcessorWatch


def payment(payment_id: int) -> Payment:
    """Return a payment as it is now, locked, with its lines and refunds."""
    return db.session.scalars(
        select(Payment)
        .where(Payment.id == payment_id)
        .options(
            selectinload(Payment.lines).selectinload(PaymentLine.refunds),
            selectinload(Payment.refunds),
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def payments(public_ids: Collection[str]) -> list[Payment]:
    """Return payments as they are now, locked in id order."""
    return list(
        db.session.scalars(
            select(Payment)
            .where(Payment.public_id.in_(public_ids))
            .order_by(Payment.id)
            .with_for_update(of=Payment)
            .execution_options(populate_existing=True)
        )
    )


def payout(payout_id: int) -> Payout:
    """Return a payout as it is now, locked."""
    return db.session.get_one(Payout, payout_id, with_for_update=True, populate_existing=True)


def watch() -> ProcessorWatch | None:
    """Return how far we have read at the card processor, locked; None before the first time."""
    return db.session.get(ProcessorWatch, THE_ROW, with_for_update=True, populate_existing=True)
