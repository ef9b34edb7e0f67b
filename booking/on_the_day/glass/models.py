"""The table of who opened a school's pupils at an event, and why."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.days.events.models import Event
from booking.foundation import clock
from booking.foundation.db import Model
from booking.foundation.encryption import EncryptedText, Sealed
from booking.foundation.tokens import new_public_id
from booking.people.schools.models import Person, School


class GlassOpening(Sealed, Model):
    """Somebody who oversees opened the pupils of one school at one event, for a while."""

    __tablename__ = "glass_openings"
    __table_args__ = (Index("ix_glass_openings_event_id_person_id", "event_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    #: For the pupils' own school; it may say how a pupil is, so it is encrypted.
    reason: Mapped[str] = mapped_column(EncryptedText)
    opened_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    event: Mapped[Event] = relationship()
    school: Mapped[School] = relationship()
    person: Mapped[Person] = relationship()
