"""What the demo card processor records: money in and out, disputes, and a payout every week.

Everything here runs inside its own transaction. Times can be passed in, so that the demonstration
can live through a year.
"""

import hashlib
from datetime import date, datetime, timedelta

from sqlalchemy import func, or_, select

from booking.domain.payment_states import RefundState
from booking.domain.processor_states import (
    OPEN,
    DisputeState,
    PayoutState,
    RowKind,
    move_dispute,
    move_payout,
)
from booking.foundation import tokens
from booking.foundation.clock import LONDON
from booking.foundation.db import db
from booking.money.payments import gateway
from booking.money.payments.demo_processor import locks
from booking.money.payments.demo_processor.models import (
    DemoDispute,
    DemoMovement,
    DemoPayout,
    DemoSession,
)

#: What a dispute costs, as with a real processor: kept whatever the outcome.
DISPUTE_FEE_PENCE = 1500
#: How long there is to answer a dispute.
EVIDENCE_DAYS = 10
#: How long a refund of money that was paid slowly takes.
SLOW_REFUND = timedelta(minutes=10)
#: The time from a payout to its arrival.
PAYOUT_DAYS = 2


def card_fee_pence(amount_pence: int) -> int:
    """Return what a card processor might keep: 1.5% and 20p."""
    return min(amount_pence, amount_pence * 15 // 1000 + 20)


def refund_id(session_id: str, key: str) -> str:
    """Return the demo card processor's id of a refund."""
    return f"refund_{session_id}.{hashlib.sha256(key.encode()).hexdigest()[:12]}"


def session_of_refund(refund: str) -> str:
    """Return the payment page that a refund belongs to."""
    return refund.removeprefix("refund_").rpartition(".")[0]


def write_charge(row: DemoSession) -> None:
    """Record what was paid on a page; slow money counts once it has arrived."""
    assert row.pays_at is not None, "it has been paid"
    db.session.add(
        DemoMovement(
            id=f"txn_{row.id}",
            kind=RowKind.CHARGE,
            amount_pence=row.amount_pence,
            fee_pence=card_fee_pence(row.amount_pence),
            source_id=f"charge_{row.id}",
            session_id=row.id,
            made_at=row.pays_at,
        )
    )


def left_pence(row: DemoSession) -> int:
    """Return how much of a page's money can still be refunded."""
    came_back = db.session.scalar(
        select(func.coalesce(func.sum(DemoMovement.amount_pence), 0)).where(
            DemoMovement.session_id == row.id, DemoMovement.kind == RowKind.REFUND_FAILURE
        )
    )
    return row.amount_pence - sum(row.refunds.values()) + int(came_back or 0)


def give_back(row: DemoSession, *, key: str, pence: int, now: datetime) -> None:
    """Refund money, never more than is left and not while it is disputed. GatewayRefused."""
    dispute = dispute_of(row.id)
    if dispute is not None and dispute.state not in {DisputeState.WON, DisputeState.CLOSED}:
        raise gateway.GatewayRefused("this payment is disputed")
    if not 0 < pence <= left_pence(row):
        raise gateway.GatewayRefused("more than is left of this payment")
    row.refunds = {**row.refunds, key: pence}
    made = refund_id(row.id, key)
    db.session.add(
        DemoMovement(
            id=f"txn_{made}",
            kind=RowKind.REFUND,
            amount_pence=-pence,
            source_id=made,
            session_id=row.id,
            made_at=now,
        )
    )


def refund_state(row: DemoSession, key: str, now: datetime) -> RefundState:
    """Return the state of a refund: slow money goes back slowly."""
    made = refund_id(row.id, key)
    if db.session.get(DemoMovement, f"txn_back_{made}") is not None:
        return RefundState.FAILED
    movement = db.session.get(DemoMovement, f"txn_{made}")
    if movement is not None and row.slow and movement.made_at + SLOW_REFUND > now:
        return RefundState.PENDING
    return RefundState.SUCCEEDED


def fail_refund(row: DemoSession, *, key: str, now: datetime) -> None:
    """Make a refund come back, as from a closed card. GatewayRefused the second time."""
    if key not in row.refunds or refund_state(row, key, now) is RefundState.FAILED:
        raise gateway.GatewayRefused("this refund is not out")
    made = refund_id(row.id, key)
    db.session.add(
        DemoMovement(
            id=f"txn_back_{made}",
            kind=RowKind.REFUND_FAILURE,
            amount_pence=row.refunds[key],
            source_id=made,
            session_id=row.id,
            made_at=now,
        )
    )


def dispute_of(session_id: str) -> DemoDispute | None:
    """Return the dispute about a page's money."""
    return db.session.scalar(select(DemoDispute).where(DemoDispute.session_id == session_id))


def complain(row: DemoSession, *, now: datetime) -> DemoDispute:
    """Make the pretend cardholder tell their bank not to pay. GatewayRefused."""
    left = left_pence(row)
    if dispute_of(row.id) is not None or row.pays_at is None or row.pays_at > now or not left:
        raise gateway.GatewayRefused("this payment has nothing left to dispute")
    made = DemoDispute(
        id=f"dispute_{row.id}",
        session_id=row.id,
        amount_pence=left,
        state=DisputeState.NEEDS_ANSWER,
        due_at=now + timedelta(days=EVIDENCE_DAYS),
        opened_at=now,
    )
    movement = DemoMovement(
        id=f"txn_{made.id}",
        kind=RowKind.DISPUTE,
        amount_pence=-left,
        fee_pence=DISPUTE_FEE_PENCE,
        source_id=made.id,
        session_id=row.id,
        made_at=now,
    )
    db.session.add_all([made, movement])
    return made


def decide(dispute: DemoDispute, *, won: bool, now: datetime) -> None:
    """Decide a dispute, for the network or for the cardholder. GatewayRefused if it is over."""
    if dispute.state not in OPEN:
        raise gateway.GatewayRefused("this dispute has been decided")
    to = DisputeState.WON if won else DisputeState.LOST
    dispute.state, dispute.closed_at = move_dispute(dispute.state, to), now
    if won:
        db.session.add(
            DemoMovement(
                id=f"txn_won_{dispute.id}",
                kind=RowKind.DISPUTE,
                amount_pence=dispute.amount_pence,
                source_id=dispute.id,
                session_id=dispute.session_id,
                made_at=now,
            )
        )


def pay_out(*, now: datetime, until: datetime | None = None) -> DemoPayout | None:
    """Send everything that came by then to the network's bank account; None if there is nothing."""
    waiting = locks.movements_to_pay_out(until or now)
    amount = sum(row.amount_pence - row.fee_pence for row in waiting)
    if not amount:
        return None
    made = DemoPayout(
        id=f"payout_{tokens.new_public_id()}",
        amount_pence=amount,
        state=PayoutState.PAID,
        arrives_on=now.astimezone(LONDON).date() + timedelta(days=PAYOUT_DAYS),
        created_at=now,
    )
    own_row = DemoMovement(
        id=f"txn_{made.id}",
        kind=RowKind.PAYOUT,
        amount_pence=-amount,
        source_id=made.id,
        made_at=now,
        payout_id=made.id,
    )
    for row in waiting:
        row.payout_id = made.id
    db.session.add_all([made, own_row])
    return made


def pay_out_last_week(now: datetime) -> DemoPayout | None:
    """Pay out, once a week, what came before this week began, as a processor does at night."""
    london = now.astimezone(LONDON)
    monday = _midnight(london.date() - timedelta(days=london.weekday()))
    made = select(DemoPayout.id).where(DemoPayout.created_at >= monday).limit(1)
    if db.session.scalar(made) is not None:
        return None
    return pay_out(now=now, until=monday)


def _midnight(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, tzinfo=LONDON)


def send_back(payout: DemoPayout, *, now: datetime) -> None:
    """Make a payout come back, as from a closed account. GatewayRefused the second time."""
    if payout.state is PayoutState.FAILED:
        raise gateway.GatewayRefused("this payout has already come back")
    payout.state = move_payout(payout.state, PayoutState.FAILED)
    db.session.add(
        DemoMovement(
            id=f"txn_back_{payout.id}",
            kind=RowKind.PAYOUT_FAILURE,
            amount_pence=payout.amount_pence,
            source_id=payout.id,
            made_at=now,
        )
    )


def balance_pence(now: datetime) -> int:
    """Return the account's balance."""
    net = func.sum(DemoMovement.amount_pence - DemoMovement.fee_pence)
    return int(db.session.scalar(select(net).where(DemoMovement.made_at <= now)) or 0)


def movements_since(at: datetime, until: datetime) -> list[DemoMovement]:
    """Return what moved between two instants, oldest first."""
    return list(
        db.session.scalars(
            select(DemoMovement)
            .where(DemoMovement.made_at >= at, DemoMovement.made_at <= until)
            .order_by(DemoMovement.made_at, DemoMovement.id)
        )
    )


def disputes_touched_since(at: datetime) -> list[DemoDispute]:
    """Return the disputes that began or ended since then."""
    touched = or_(DemoDispute.opened_at >= at, DemoDispute.closed_at >= at)
    return list(db.session.scalars(select(DemoDispute).where(touched).order_by(DemoDispute.id)))
