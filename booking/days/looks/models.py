"""The table of drafts that somebody has asked the network lead to look at."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.days.events.models import Event
from booking.foundation import clock
from booking.foundation.db import Model
from booking.people.schools.models import Person


class LeadLook(Model):
    """A draft that waits for the lead's look, or that was given back; gone once it is published."""

    __tablename__ = "lead_looks"
    __table_args__ = (
        CheckConstraint(
            "(returned_at IS NULL) = (returned_note = '')", name="returned_with_a_note"
        ),
    )

    event_id: Mapped[int] = mapped_column(
        ForeignKey("events.id", ondelete="CASCADE"), primary_key=True
    )
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: What the host says to the lead; "" for nothing.
    note: Mapped[str] = mapped_column(default="")
    returned_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    returned_at: Mapped[datetime | None]
    #: What the lead says to the host.
    returned_note: Mapped[str] = mapped_column(default="")

    event: Mapped[Event] = relationship()
    asked_by: Mapped[Person | None] = relationship(foreign_keys=[asked_by_id])
    returned_by: Mapped[Person | None] = relationship(foreign_keys=[returned_by_id])

    @property
    def is_waiting(self) -> bool:
        """Whether the lead has still to look at it."""
        return self.returned_at is None

    def __repr__(self) -> str:
        """Show the event's id."""
        return f"<LeadLook {self.event_id}>"
