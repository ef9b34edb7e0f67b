"""The table of rounds: everything needed to recompute one, as published."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from booking import clock
from booking.db import Model


class Round(Model):
    """One allocation of an event's places; run once, published, never changed."""

    __tablename__ = "rounds"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), unique=True)
    #: The canonical record (inputs, rule version, seed, result) as JSON text.
    record: Mapped[str] = mapped_column(Text)
    #: SHA-256 of `record`, in hex.
    digest: Mapped[str]
    run_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    run_at: Mapped[datetime] = mapped_column(default=clock.now)
