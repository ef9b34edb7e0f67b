"""Lock the demo processor's own rows: a payment page, money to pay out, a payout."""

from datetime import datetime

from sqlalchemy import select

from booking.foundation.db import db
from booking.money.payments.demo_processor.models import DemoMovement, DemoPayout, DemoSession


def session(session_id: str) -> DemoSession | None:
    """Return the row of a payment page, locked; None if there is none."""
    return db.session.get(DemoSession, session_id, with_for_update=True)


def movements_to_pay_out(until: datetime) -> list[DemoMovement]:
    """Return what had come by then and has not been paid out, locked, oldest first."""
    return list(
        db.session.scalars(
            select(DemoMovement)
            .where(DemoMovement.payout_id.is_(None), DemoMovement.made_at <= until)
            .order_by(DemoMovement.made_at, DemoMovement.id)
            .with_for_update()
        )
    )


def payout(payout_id: str) -> DemoPayout | None:
    """Return a payout, locked; None if there is none."""
    return db.session.get(DemoPayout, payout_id, with_for_update=True)
