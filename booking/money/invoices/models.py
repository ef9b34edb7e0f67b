"""Tables of invoices to schools and of payments for them. Amounts are pence."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.days.events.models import Event
from booking.domain.invoicing import InvoiceState
from booking.foundation import clock
from booking.foundation.db import Model, words
from booking.foundation.tokens import new_public_id
from booking.people.schools.models import School


class Invoice(Model):
    """What one school owes: for its places at one event, or what the treasurer wrote by hand.

    Names no pupil.
    """

    __tablename__ = "invoices"
    __table_args__ = (
        UniqueConstraint("school_year", "nth"),
        CheckConstraint("amount_pence > 0", name="for_something"),
        CheckConstraint("paid_pence BETWEEN 0 AND amount_pence", name="paid_within_amount"),
        CheckConstraint(
            "(event_id IS NULL AND pupils IS NULL AND each_pence IS NULL AND title <> '') OR "
            "(event_id IS NOT NULL AND pupils IS NOT NULL AND each_pence IS NOT NULL AND "
            "pupils > 0 AND each_pence > 0 AND amount_pence = pupils * each_pence)",
            name="places_of_an_event",
        ),
        # A school is billed once for an event; after a cancellation it may be billed again.
        Index(
            "uq_invoices_live",
            "event_id",
            "school_id",
            unique=True,
            sqlite_where=text("state <> 'cancelled'"),
            postgresql_where=text("state <> 'cancelled'"),
        ),
        # What is written by hand is sent to a school once a year under one title.
        Index(
            "uq_invoices_written",
            "school_id",
            "school_year",
            "title",
            unique=True,
            sqlite_where=text("state <> 'cancelled' AND event_id IS NULL"),
            postgresql_where=text("state <> 'cancelled' AND event_id IS NULL"),
        ),
        Index("ix_invoices_school_id_raised_on", "school_id", "raised_on"),
        Index("ix_invoices_state_due_on", "state", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    #: Together they make the number on the invoice.
    school_year: Mapped[str]
    nth: Mapped[int]
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"))
    #: None for what was written by hand, which has a title and lines in place of pupils.
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"), index=True)
    state: Mapped[InvoiceState] = mapped_column(
        words(InvoiceState, name="state"), default=InvoiceState.RAISED
    )
    #: How many pupils were expected: a place that was kept is paid for, whether or not they came.
    pupils: Mapped[int | None]
    each_pence: Mapped[int | None]
    amount_pence: Mapped[int]
    #: What it is for, if it is not for an event.
    title: Mapped[str] = mapped_column(default="", server_default="")
    paid_pence: Mapped[int] = mapped_column(default=0)
    raised_on: Mapped[date]
    due_on: Mapped[date]
    raised_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: When its school was last asked for what is late.
    reminded_at: Mapped[datetime | None]
    #: Why it was cancelled.
    reason: Mapped[str] = mapped_column(default="")
    school: Mapped[School] = relationship()
    event: Mapped[Event | None] = relationship()
    lines: Mapped[list["InvoiceLine"]] = relationship(order_by="InvoiceLine.id")
    payments: Mapped[list["InvoicePayment"]] = relationship(
        order_by="InvoicePayment.id", back_populates="invoice"
    )

    def __repr__(self) -> str:
        """Return the class and the parts of its number."""
        return f"<Invoice {self.school_year} {self.nth}>"


class InvoiceLine(Model):
    """One line of an invoice that was written by hand: words and an amount."""

    __tablename__ = "invoice_lines"
    __table_args__ = (CheckConstraint("pence > 0", name="some_pence"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoices.id"), index=True)
    words: Mapped[str]
    pence: Mapped[int]


class InvoicePayment(Model):
    """Money that a school paid for an invoice: all of it or part of it."""

    __tablename__ = "invoice_payments"
    __table_args__ = (CheckConstraint("pence > 0", name="some_pence"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoices.id"), index=True)
    pence: Mapped[int]
    #: The account that received it: the bank or the cash box.
    account: Mapped[str]
    paid_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: When and why it was undone: it was recorded by mistake.
    undone_at: Mapped[datetime | None]
    undo_reason: Mapped[str] = mapped_column(default="", server_default="")
    invoice: Mapped[Invoice] = relationship(back_populates="payments")
