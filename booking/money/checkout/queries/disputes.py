"""Reads of disputes: by the processor's id, by booking, by event."""

from sqlalchemy import Select, case, select
from sqlalchemy.orm import joinedload

from booking.domain.processor_states import OPEN, RowKind
from booking.foundation.db import db
from booking.money.payments.models import BalanceRow, Dispute, PaymentLine

#: How many rows one sweep takes.
SWEEP_MAX = 200


def dispute_by_id(gateway_id: str) -> Dispute | None:
    """Return the dispute with this id at the processor."""
    return db.session.scalar(select(Dispute).where(Dispute.gateway_id == gateway_id))


def disputes() -> Select[Dispute]:
    """Return the statement for all disputes: open ones first, by when evidence is due."""
    is_open = case((Dispute.state.in_(OPEN), 0), else_=1)
    return (
        select(Dispute)
        .options(joinedload(Dispute.payment))
        .order_by(is_open, Dispute.evidence_due_at, Dispute.id.desc())
    )


def open_disputes() -> list[Dispute]:
    """Return the undecided disputes, the most urgent first."""
    found = select(Dispute).where(Dispute.state.in_(OPEN)).order_by(Dispute.evidence_due_at)
    return list(db.session.scalars(found.limit(SWEEP_MAX)))


def open_disputes_of(booking_id: int) -> list[Dispute]:
    """Return the open disputes about payments for this booking, the most urgent first."""
    of_booking = select(PaymentLine.payment_id).where(PaymentLine.booking_id == booking_id)
    return list(
        db.session.scalars(
            select(Dispute)
            .where(Dispute.payment_id.in_(of_booking), Dispute.state.in_(OPEN))
            .order_by(Dispute.evidence_due_at)
        )
    )


def disputed_bookings(event_id: int) -> set[int]:
    """Return the bookings at an event that have a disputed payment."""
    found = (
        select(PaymentLine.booking_id)
        .join(Dispute, Dispute.payment_id == PaymentLine.payment_id)
        .where(PaymentLine.event_id == event_id, Dispute.state.in_(OPEN))
    )
    return set(db.session.scalars(found))


def dispute_rows(*, source_id: str = "", money_id: str = "") -> list[BalanceRow]:
    """Return the rows of one dispute, or of all disputes about some money, in order."""
    about = BalanceRow.source_id == source_id if source_id else BalanceRow.money_id == money_id
    return list(
        db.session.scalars(
            select(BalanceRow)
            .where(BalanceRow.kind == RowKind.DISPUTE, about)
            .order_by(BalanceRow.id)
        )
    )
