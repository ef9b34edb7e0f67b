"""What the card processor's account says: payouts, rows, and how far we have read."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from booking.domain import processor_states
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import THE_ROW, db
from booking.money.payments import locks, processor_account
from booking.money.payments.models import BalanceRow, Payout, ProcessorWatch


def record_payout(
    *, actor: Actor, now: datetime, found: processor_account.FoundPayout, row: Payout | None
) -> Payout:
    """Record the state of a payout."""
    if row is None:
        row = Payout(
            gateway_id=found.id,
            amount_pence=found.amount_pence,
            state=found.state,
            automatic=found.automatic,
            arrives_on=found.arrives_on,
            created_at=found.created_at,
        )
        db.session.add(row)
    elif row.state is found.state:
        row.arrives_on = found.arrives_on
        return row
    elif found.state in processor_states.PAYOUT_MOVES[row.state]:
        row.state = processor_states.move_payout(row.state, found.state)
    else:
        return row  # an old message: we already know more
    audit.record(
        actor=actor,
        action="record_payout",
        subject=row,
        now=now,
        state=row.state.value,
        amount_pence=row.amount_pence,
    )
    return row


def write_row(found: processor_account.ProcessorRow, *, payout: Payout | None) -> BalanceRow:
    """Record a row of the account; its id counts once."""
    row = BalanceRow(
        gateway_id=found.id,
        kind=found.kind,
        amount_pence=found.amount_pence,
        fee_pence=found.fee_pence,
        source_id=found.source_id,
        money_id=found.money_id,
        description=found.words,
        moved_at=found.at,
        payout=payout,
    )
    db.session.add(row)
    db.session.flush()
    return row


def watch() -> ProcessorWatch:
    """Return how far we have read, locked; the first call starts it."""
    if (row := locks.watch()) is not None:
        return row
    try:
        with db.session.begin_nested():
            db.session.add(ProcessorWatch(id=THE_ROW))
    except IntegrityError:  # somebody else started at the same moment
        db.session.expire_all()
    row = locks.watch()
    assert row is not None, "it was made just now"
    return row
