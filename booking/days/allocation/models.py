"""The table of rounds: everything needed to recompute one, as published."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.days.events.models import Event
from booking.foundation import clock
from booking.foundation.db import Model
from booking.people.schools.models import Person


class Round(Model):
    """One allocation of an event's places; run once, published, never changed."""

    __tablename__ = "rounds"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), unique=True)
    #: The canonical record (inputs, rule version, seed, result) as JSON text.
    record: Mapped[str] = mapped_column(Text)
    #: The SHA-256 published with the record, in hex: of the record without its `sha256` entry.
    digest: Mapped[str]
    #: None if no person ran it: the worker publishes set quotas.
    run_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    run_at: Mapped[datetime] = mapped_column(default=clock.now)
    event: Mapped[Event] = relationship()
    run_by: Mapped[Person | None] = relationship()

    def __repr__(self) -> str:
        """Show the id of its event."""
        return f"<Round of event {self.event_id}>"
