"""Tables of claims of an event's costs: claims, and who approved them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.days.events.models import Event
from booking.domain.claiming import CostClaimState
from booking.foundation import clock
from booking.foundation.db import Model, words
from booking.foundation.encryption import EncryptedText, Sealed
from booking.foundation.tokens import new_public_id
from booking.money.fund.models import Entry
from booking.people.schools.models import Person


class CostClaim(Sealed, Model):
    """What somebody spent, or has to pay, for an event; its receipts are files of its own."""

    __tablename__ = "cost_claims"
    __table_args__ = (
        CheckConstraint("pence > 0", name="above_zero"),
        CheckConstraint("(state = 'paid') = (entry_id IS NOT NULL)", name="paid_has_its_entry"),
        Index("ix_cost_claims_event_id", "event_id"),
        Index("ix_cost_claims_state", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    claimant_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    state: Mapped[CostClaimState] = mapped_column(
        words(CostClaimState), default=CostClaimState.CLAIMED
    )
    pence: Mapped[int]
    #: The line of the budget, as it was called; "" if it is in none.
    line: Mapped[str] = mapped_column(default="")
    #: What it is for; it stands in the ledger, so it names nobody.
    what: Mapped[str]
    #: Who is to be paid: a person or a firm.
    payee: Mapped[str] = mapped_column(EncryptedText)
    claimed_at: Mapped[datetime] = mapped_column(default=clock.now)
    approved_at: Mapped[datetime | None]
    #: Why it was refused or sent back.
    reason: Mapped[str] = mapped_column(default="")
    #: Its entry in the ledger.
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id"), unique=True)
    ended_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()
    claimant: Mapped[Person | None] = relationship()
    entry: Mapped[Entry | None] = relationship()
    approvals: Mapped[list["CostClaimApproval"]] = relationship(
        order_by="CostClaimApproval.id", cascade="all, delete-orphan"
    )

    @property
    def title(self) -> str:
        """What it is for, with its line of the budget: "Coach: from the three villages"."""
        return f"{self.line}: {self.what}" if self.line else self.what

    def __repr__(self) -> str:
        """Show the public id."""
        return f"<CostClaim {self.public_id}>"


class CostClaimApproval(Model):
    """One person's approval of a claim."""

    __tablename__ = "cost_claim_approvals"
    __table_args__ = (UniqueConstraint("claim_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("cost_claims.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    approved_at: Mapped[datetime] = mapped_column(default=clock.now)
    person: Mapped[Person | None] = relationship()
