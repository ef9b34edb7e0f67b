"""The demo card processor's own books: a real one keeps them on its servers."""

from datetime import date, datetime

from sqlalchemy import JSON, Index, false
from sqlalchemy.orm import Mapped, mapped_column

from booking.domain.processor_states import DisputeState, PayoutState, RowKind
from booking.foundation import clock
from booking.foundation.db import Model, words


class DemoSession(Model):
    """A payment page, as a card processor's own servers would store it."""

    __tablename__ = "demo_sessions"

    id: Mapped[str] = mapped_column(primary_key=True)
    idempotency_key: Mapped[str] = mapped_column(unique=True)
    reference: Mapped[str]
    amount_pence: Mapped[int]
    description: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    success_url: Mapped[str]
    cancel_url: Mapped[str]
    #: "open", "complete" (the visitor is done) or "expired" (closed by the shop).
    status: Mapped[str] = mapped_column(default="open")
    #: When the pretend money arrives: straight away, a little later, or never (None).
    pays_at: Mapped[datetime | None]
    declined: Mapped[bool] = mapped_column(default=False)
    #: Whether it was paid slowly; refunds are then slow too.
    slow: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: Pence refunded, by the idempotency key of each refund.
    refunds: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    expires_at: Mapped[datetime]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class DemoMovement(Model):
    """A row of the network's pretend account; only the payout that includes it ever changes it."""

    __tablename__ = "demo_movements"
    __table_args__ = (Index("ix_demo_movements_made_at_id", "made_at", "id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[RowKind] = mapped_column(words(RowKind))
    amount_pence: Mapped[int]
    fee_pence: Mapped[int] = mapped_column(default=0)
    #: What it is about: a charge, refund, dispute or payout of the demo card processor.
    source_id: Mapped[str]
    #: The payment page that the money came from; empty for payouts.
    session_id: Mapped[str] = mapped_column(default="", index=True)
    #: May be in the future: slow money counts from then on.
    made_at: Mapped[datetime]
    payout_id: Mapped[str | None] = mapped_column(index=True)


class DemoDispute(Model):
    """A pretend cardholder's complaint."""

    __tablename__ = "demo_disputes"

    id: Mapped[str] = mapped_column(primary_key=True)
    session_id: Mapped[str] = mapped_column(unique=True)
    amount_pence: Mapped[int]
    state: Mapped[DisputeState] = mapped_column(words(DisputeState))
    due_at: Mapped[datetime]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class DemoPayout(Model):
    """Pretend money sent to the network's bank account."""

    __tablename__ = "demo_payouts"

    id: Mapped[str] = mapped_column(primary_key=True)
    amount_pence: Mapped[int]
    state: Mapped[PayoutState] = mapped_column(words(PayoutState))
    arrives_on: Mapped[date]
    created_at: Mapped[datetime] = mapped_column(index=True)
