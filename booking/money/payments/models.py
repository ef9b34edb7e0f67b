"""Tables of payments, refunds and the card processor's messages. Amounts are pence."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.domain import transferring
from booking.domain.payment_states import PaymentState, RefundState
from booking.domain.processor_states import DisputeState, PayoutState, RowKind
from booking.foundation import clock
from booking.foundation.db import Model, words
from booking.foundation.tokens import new_public_id


class Method(StrEnum):
    """How money was paid."""

    CARD = "card"
    CASH = "cash"
    CHEQUE = "cheque"
    BANK_TRANSFER = "bank_transfer"


class Instead(StrEnum):
    """What happened to money that was not refunded the way it was paid."""

    CASH = "cash"
    CHEQUE = "cheque"
    BANK_TRANSFER = "bank_transfer"
    #: The family gave it to the CPD fund.
    GIFT = "gift"
    #: A cardholder who disputed the payment has it.
    DISPUTE = "dispute"


class Payment(Model):
    """One payment by a family, for one booking or several: written before the processor is asked.

    Its lines say what it is for. Amount and refunds here are the sums of theirs.
    """

    __tablename__ = "payments"
    __table_args__ = (
        CheckConstraint("amount_pence > 0", name="some_pence"),
        CheckConstraint("refunded_pence BETWEEN 0 AND amount_pence", name="refund_within_payment"),
        Index("ix_payments_state_opened_at", "state", "opened_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Our reference at the processor; never contains a child's name.
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("parents.id"))
    method: Mapped[Method] = mapped_column(words(Method), default=Method.CARD)
    amount_pence: Mapped[int] = mapped_column(index=True)
    refunded_pence: Mapped[int] = mapped_column(default=0)
    state: Mapped[PaymentState] = mapped_column(words(PaymentState, name="state"))
    #: The gateway's session: its id and page; empty until the call has been answered.
    session_id: Mapped[str | None] = mapped_column(unique=True)
    session_url: Mapped[str] = mapped_column(default="")
    #: Numbers the calls to open a session: part of the idempotency key.
    attempt: Mapped[int] = mapped_column(default=1)
    #: Worked out once per attempt, so that a retry sends the same parameters.
    session_expires_at: Mapped[datetime | None]
    #: The processor's reference for the money itself (payment intent), or a cheque's or transfer's.
    reference: Mapped[str] = mapped_column(default="", index=True)
    card_fee_pence: Mapped[int | None]
    #: Why a person must look at it; empty if all is well.
    to_explain: Mapped[str] = mapped_column(default="")
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)
    paid_at: Mapped[datetime | None]
    #: When and why money taken by hand was taken off again: it was recorded by mistake.
    undone_at: Mapped[datetime | None]
    undo_reason: Mapped[str] = mapped_column(default="", server_default="")
    lines: Mapped[list["PaymentLine"]] = relationship(
        back_populates="payment", order_by="PaymentLine.number"
    )
    refunds: Mapped[list["Refund"]] = relationship(back_populates="payment", order_by="Refund.id")
    disputes: Mapped[list["Dispute"]] = relationship(
        back_populates="payment", order_by="Dispute.id"
    )

    @property
    def is_at_network(self) -> bool:
        """Whether it came by a reference of ours, so that the treasurer sends it back."""
        return self.method is Method.BANK_TRANSFER and transferring.is_ours(self.reference)


class PaymentLine(Model):
    """What one payment is for, booking by booking; the amounts never change."""

    __tablename__ = "payment_lines"
    __table_args__ = (
        CheckConstraint("amount_pence > 0", name="some_pence"),
        CheckConstraint("refunded_pence BETWEEN 0 AND amount_pence", name="refund_within_line"),
        UniqueConstraint("payment_id", "number"),
        UniqueConstraint("payment_id", "booking_id"),
        UniqueConstraint("id", "payment_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    payment_id: Mapped[int] = mapped_column(ForeignKey("payments.id"))
    #: Counts from 1 within the payment.
    number: Mapped[int]
    booking_id: Mapped[int] = mapped_column(ForeignKey("bookings.id"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    amount_pence: Mapped[int]
    refunded_pence: Mapped[int] = mapped_column(default=0)
    payment: Mapped[Payment] = relationship(back_populates="lines")
    refunds: Mapped[list["Refund"]] = relationship(
        back_populates="line",
        order_by="Refund.id",
        primaryjoin="PaymentLine.id == Refund.line_id",
        foreign_keys="Refund.line_id",
    )

    @property
    def key(self) -> str:
        """Return this line's key in the ledger and in mail; the first line has the payment's."""
        reference = self.payment.public_id
        return reference if self.number == 1 else f"{reference}:{self.number}"


class Refund(Model):
    """A refund of one line's money: written before the processor is asked.

    A refund that somebody made at the processor itself may involve several lines: it has a row for
    each, all with the processor's one id.
    """

    __tablename__ = "refunds"
    __table_args__ = (
        CheckConstraint("amount_pence > 0", name="some_pence"),
        # A refund must belong to a line of its own payment, and the database makes sure.
        ForeignKeyConstraint(
            ["line_id", "payment_id"], ["payment_lines.id", "payment_lines.payment_id"]
        ),
        UniqueConstraint("gateway_id", "line_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    payment_id: Mapped[int] = mapped_column(ForeignKey("payments.id"), index=True)
    line_id: Mapped[int] = mapped_column(index=True)
    amount_pence: Mapped[int]
    reason: Mapped[str]
    state: Mapped[RefundState] = mapped_column(words(RefundState), index=True)
    #: The processor's id of the refund, once it has answered.
    gateway_id: Mapped[str | None]
    requested_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    requested_at: Mapped[datetime] = mapped_column(default=clock.now)
    settled_at: Mapped[datetime | None]
    #: When the processor was last short of our money for it; it is asked again.
    short_at: Mapped[datetime | None]
    #: What happened to the money instead (a value of Instead); empty: refunded as it was paid.
    instead: Mapped[str] = mapped_column(default="", server_default="")
    payment: Mapped[Payment] = relationship(back_populates="refunds")
    line: Mapped[PaymentLine] = relationship(
        back_populates="refunds",
        primaryjoin="PaymentLine.id == Refund.line_id",
        foreign_keys="Refund.line_id",
    )


class WebhookEvent(Model):
    """A message from the card processor that has taken effect; its id counts once."""

    __tablename__ = "webhook_events"

    id: Mapped[str] = mapped_column(primary_key=True)
    #: The processor's own word for it, for people; no decision depends on it.
    type: Mapped[str]
    object_id: Mapped[str] = mapped_column(default="")
    received_at: Mapped[datetime] = mapped_column(default=clock.now)


class Dispute(Model):
    """A cardholder told their bank not to pay: none of the payment is refunded meanwhile."""

    __tablename__ = "disputes"

    id: Mapped[int] = mapped_column(primary_key=True)
    gateway_id: Mapped[str] = mapped_column(unique=True)
    payment_id: Mapped[int] = mapped_column(ForeignKey("payments.id"), index=True)
    amount_pence: Mapped[int]
    #: The processor's own word for why, such as "fraudulent".
    reason: Mapped[str]
    state: Mapped[DisputeState] = mapped_column(words(DisputeState), index=True)
    evidence_due_at: Mapped[datetime | None]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    payment: Mapped[Payment] = relationship(back_populates="disputes")


class Payout(Model):
    """Money that the card processor sent to the network's own bank account."""

    __tablename__ = "payouts"

    id: Mapped[int] = mapped_column(primary_key=True)
    gateway_id: Mapped[str] = mapped_column(unique=True)
    #: Below zero if it was taken back from the bank account.
    amount_pence: Mapped[int]
    state: Mapped[PayoutState] = mapped_column(words(PayoutState), index=True)
    #: Only an automatic payout can say which rows are in it.
    automatic: Mapped[bool]
    arrives_on: Mapped[date]
    created_at: Mapped[datetime] = mapped_column(index=True)
    #: The sum of its rows, once they have all been read and found in the ledger.
    rows_pence: Mapped[int | None]
    posted_at: Mapped[datetime | None]
    rows: Mapped[list["BalanceRow"]] = relationship(back_populates="payout")


class BalanceRow(Model):
    """A row of our account at the card processor; its id there counts once."""

    __tablename__ = "balance_rows"

    id: Mapped[int] = mapped_column(primary_key=True)
    gateway_id: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[RowKind] = mapped_column(words(RowKind))
    #: Before the fee; below zero if it left the account.
    amount_pence: Mapped[int]
    fee_pence: Mapped[int]
    #: What it is about, by the processor's ids.
    source_id: Mapped[str] = mapped_column(default="")
    money_id: Mapped[str] = mapped_column(default="", index=True)
    description: Mapped[str] = mapped_column(default="")
    moved_at: Mapped[datetime]
    payout_id: Mapped[int | None] = mapped_column(ForeignKey("payouts.id"), index=True)
    payout: Mapped[Payout | None] = relationship(back_populates="rows")

    @property
    def net_pence(self) -> int:
        """Return how the account changed."""
        return self.amount_pence - self.fee_pence


class ProcessorWatch(Model):
    """One row: how far we have read at the card processor, and how much of our money it holds."""

    __tablename__ = "processor_watch"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    messages_until: Mapped[datetime | None]
    payouts_until: Mapped[datetime | None]
    balance_pence: Mapped[int | None]
    balance_at: Mapped[datetime | None]
