"""Tables of who leads an event, and of the pupils who do."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.days.events.models import Event
from booking.foundation.db import Model, words
from booking.foundation.encryption import EncryptedText, Sealed
from booking.foundation.tokens import new_public_id
from booking.people.schools.models import Person, School


class LeaderKind(StrEnum):
    """Who leads: their record asks for different things."""

    TEACHER = "teacher"
    OLDER_PUPILS = "older_pupils"
    PROVIDER = "provider"


class Leading(Model):
    """Who leads one event. No number or copy of a certificate: only who has seen it, and when."""

    __tablename__ = "leadings"
    __table_args__ = (
        CheckConstraint("number IS NULL OR number >= 1", name="some_leaders"),
        CheckConstraint("kind <> 'older_pupils' OR school_id IS NOT NULL", name="pupils_of_school"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), unique=True)
    kind: Mapped[LeaderKind] = mapped_column(words(LeaderKind))
    #: The teacher who leads, or who is in charge of the pupils who do.
    teacher: Mapped[str] = mapped_column(default="")
    #: The older pupils' school.
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"), index=True)
    #: What the older pupils are called: "sixth-formers".
    called: Mapped[str] = mapped_column(default="")
    #: How many older pupils lead, if that is known.
    number: Mapped[int | None]
    organisation: Mapped[str] = mapped_column(default="")
    #: Whom to ring or write to at the provider; for the people who run the event.
    contact: Mapped[str] = mapped_column(default="")
    #: Who at the host has seen that the provider is insured and its people are checked, and when.
    checked_at: Mapped[datetime | None]
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    #: Who at the older pupils' school agreed that they lead, and when.
    agreed_at: Mapped[datetime | None]
    agreed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    event: Mapped[Event] = relationship()
    school: Mapped[School | None] = relationship()
    checked_by: Mapped[Person | None] = relationship(foreign_keys=[checked_by_id])
    agreed_by: Mapped[Person | None] = relationship(foreign_keys=[agreed_by_id])
    pupils: Mapped[list["PupilLeader"]] = relationship(
        order_by="PupilLeader.position", cascade="all, delete-orphan", passive_deletes=True
    )


class PupilLeader(Sealed, Model):
    """A pupil who leads: for the host, the day's staff and the pupil's own school only."""

    __tablename__ = "pupil_leaders"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Recognises a name that was erased, in a copy of the database from before.
    public_id: Mapped[str | None] = mapped_column(unique=True, default=new_public_id)
    leading_id: Mapped[int] = mapped_column(
        ForeignKey("leadings.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    name: Mapped[str] = mapped_column(EncryptedText)

    def __repr__(self) -> str:
        """Show the id only: names stay out of logs."""
        return f"<PupilLeader {self.id}>"
