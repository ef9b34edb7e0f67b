"""Disputes: a cardholder told their bank not to pay, and the cardholder's bank decides."""

from datetime import datetime

from booking.domain import processor_states
from booking.domain.permissions import Actor
from booking.domain.processor_states import DisputeState
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.money.payments import processor_account
from booking.money.payments.models import Dispute, Payment


def record_dispute(
    *,
    actor: Actor,
    now: datetime,
    payment: Payment,
    found: processor_account.FoundDispute,
    row: Dispute | None,
    school_id: int,
) -> tuple[Dispute, DisputeState | None]:
    """Record what is known about a dispute; return it, and its earlier state (None if it is new).

    The caller holds the payment's lock.
    """
    if row is None:
        row = Dispute(
            gateway_id=found.id,
            payment=payment,
            amount_pence=found.amount_pence,
            reason=found.reason,
            state=found.state,
            evidence_due_at=found.evidence_due_at,
            opened_at=found.opened_at,
        )
        db.session.add(row)
        before = None
    else:
        before = row.state
        row.amount_pence, row.evidence_due_at = found.amount_pence, found.evidence_due_at
        if row.state is not found.state:
            row.state = processor_states.move_dispute(row.state, found.state)
    row.closed_at = None if row.state in processor_states.OPEN else row.closed_at or now
    if before is not row.state:
        audit.record(
            actor=actor,
            action="record_dispute",
            subject=row,
            school_id=school_id,
            now=now,
            state=row.state.value,
            amount_pence=row.amount_pence,
            payment=payment.id,
        )
    return row, before
