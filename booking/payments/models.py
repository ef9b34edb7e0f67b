"""Tables of payments, refunds and the card processor's messages. Amounts are pence."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking import clock
from booking.db import Model, words
from booking.domain.payment_states import RefundState
from booking.domain.payment_states import State as PaymentState
from booking.tokens import new_public_id


class Method(StrEnum):
    """How money came in."""

    CARD = "card"
    CASH = "cash"
    CHEQUE = "cheque"
    BANK_TRANSFER = "bank_transfer"


class Payment(Model):
    """One payment by a parent for a booking: written before the bank is asked."""

    __tablename__ = "payments"
    __table_args__ = (
        CheckConstraint("amount_pence > 0", name="some_pence"),
        CheckConstraint("refunded_pence BETWEEN 0 AND amount_pence", name="refund_within_payment"),
        Index("ix_payments_state_opened_at", "state", "opened_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Our reference at the bank; never a child's name.
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    booking_id: Mapped[int] = mapped_column(ForeignKey("bookings.id"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("parents.id"))
    method: Mapped[Method] = mapped_column(words(Method), default=Method.CARD)
    amount_pence: Mapped[int]
    refunded_pence: Mapped[int] = mapped_column(default=0)
    state: Mapped[PaymentState] = mapped_column(words(PaymentState))
    #: The gateway's session: its id and page; empty until the call has answered.
    session_id: Mapped[str | None] = mapped_column(unique=True)
    session_url: Mapped[str] = mapped_column(default="")
    #: Numbers the calls to open a session: part of the idempotency key.
    attempt: Mapped[int] = mapped_column(default=1)
    #: Computed once per attempt, so that a retry sends the same parameters.
    session_expires_at: Mapped[datetime | None]
    #: The bank's reference of the money itself (payment intent), or a cheque's or transfer's.
    reference: Mapped[str] = mapped_column(default="")
    card_fee_pence: Mapped[int | None]
    #: Why a person must look at it; empty when all is well.
    to_explain: Mapped[str] = mapped_column(default="")
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)
    paid_at: Mapped[datetime | None]
    refunds: Mapped[list["Refund"]] = relationship(back_populates="payment")


class Refund(Model):
    """Money given back: written before the bank is asked."""

    __tablename__ = "refunds"
    __table_args__ = (CheckConstraint("amount_pence > 0", name="some_pence"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    payment_id: Mapped[int] = mapped_column(ForeignKey("payments.id"), index=True)
    amount_pence: Mapped[int]
    reason: Mapped[str]
    state: Mapped[RefundState] = mapped_column(words(RefundState), index=True)
    #: The bank's id of the refund, once it answered.
    gateway_id: Mapped[str | None] = mapped_column(unique=True)
    requested_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    requested_at: Mapped[datetime] = mapped_column(default=clock.now)
    settled_at: Mapped[datetime | None]
    payment: Mapped[Payment] = relationship(back_populates="refunds")


class WebhookEvent(Model):
    """A message of the card processor that has taken effect; its id counts once."""

    __tablename__ = "webhook_events"

    id: Mapped[str] = mapped_column(primary_key=True)
    type: Mapped[str]
    object_id: Mapped[str] = mapped_column(default="")
    received_at: Mapped[datetime] = mapped_column(default=clock.now)


class BankSession(Model):
    """The demo bank's own memory of a payment page: stands where Stripe's servers would."""

    __tablename__ = "bank_sessions"

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
    #: When the pretend money arrives: at once, a little later, or never (None).
    pays_at: Mapped[datetime | None]
    declined: Mapped[bool] = mapped_column(default=False)
    #: Pence given back, by the idempotency key of each refund.
    refunds: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    expires_at: Mapped[datetime]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
