"""Payments that one person proposed and a second decides on."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.domain.ledger.two_people import SpendingState, WhyTwo
from booking.foundation import clock
from booking.foundation.db import Model, words
from booking.foundation.tokens import new_public_id
from booking.money.fund.models.ledger import Entry
from booking.people.schools.models import Person, School


class SpendingProposal(Model):
    """A payment by hand as its form was filled in; it is in the ledger once a second approves."""

    __tablename__ = "spending_proposals"
    __table_args__ = (
        CheckConstraint(
            "state = 'withdrawn' OR decided_by_id IS NULL OR decided_by_id <> asked_by_id",
            name="second_person",
        ),
        CheckConstraint(
            "(state IN ('asked', 'lapsed')) = (decided_at IS NULL)"
            " AND (state = 'approved') = (made_id IS NOT NULL)",
            name="decided_or_not",
        ),
        # The same payment proposed twice would be made twice.
        Index(
            "uq_spending_proposals_open_key",
            "key",
            unique=True,
            sqlite_where=text("state = 'asked'"),
            postgresql_where=text("state = 'asked'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    #: The key that its entry will have.
    key: Mapped[str]
    #: What the form said, in plain values (`details.HandEntry`).
    wanted: Mapped[dict[str, Any]] = mapped_column(JSON)
    pence: Mapped[int]
    #: The school that gains; none if it is for no school.
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"), index=True)
    why: Mapped[WhyTwo] = mapped_column(words(WhyTwo))
    #: The bank line that shows it; "" if none.
    bank_line: Mapped[str] = mapped_column(default="")
    state: Mapped[SpendingState] = mapped_column(
        words(SpendingState), default=SpendingState.ASKED, index=True
    )
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: From then on it waits no longer.
    expires_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    #: Why it was refused.
    answer: Mapped[str] = mapped_column(default="")
    #: The entry that was posted when it was approved.
    made_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id"), unique=True)
    school: Mapped[School | None] = relationship()
    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])
    made: Mapped[Entry | None] = relationship()
