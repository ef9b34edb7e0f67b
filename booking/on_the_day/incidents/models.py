"""Tables of incidents and first aid at an event, of calls about pupils, and of heads counted."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.days.events.models import Event, EventDate
from booking.days.places.models import Booking
from booking.domain.incidents import IncidentKind, KeptFor, MissingStep
from booking.foundation import clock
from booking.foundation.db import Model, words
from booking.foundation.encryption import EncryptedText, Sealed
from booking.foundation.tokens import new_public_id
from booking.people.schools.models import Person, School


class Callee(StrEnum):
    """Who is rung about a pupil who has not come, in this order."""

    ADULT = "adult"
    SCHOOL = "school"
    PARENT = "parent"


class CallResult(StrEnum):
    """How a call ended."""

    SPOKE = "spoke"
    NO_ANSWER = "no_answer"
    LEFT_MESSAGE = "left_message"


class Way(StrEnum):
    """Which way heads were counted."""

    IN = "in"
    OUT = "out"


class Incident(Sealed, Model):
    """Something that happened at an event: about pupils of one school, or about no pupil.

    Never about pupils of two schools, because each school reads only of its own.
    """

    __tablename__ = "incidents"
    __table_args__ = (Index("ix_incidents_event_id_closed_at", "event_id", "closed_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    #: The date that it belongs to; a date that is removed from the event leaves it.
    date_id: Mapped[int | None] = mapped_column(
        ForeignKey("event_dates.id", ondelete="SET NULL"), index=True
    )
    kind: Mapped[IncidentKind] = mapped_column(words(IncidentKind))
    #: Whose pupils it is about; None: about none.
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"), index=True)
    happened_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(EncryptedText, default="")
    what: Mapped[str] = mapped_column(EncryptedText)
    done: Mapped[str] = mapped_column(EncryptedText, default="")
    told: Mapped[str] = mapped_column(EncryptedText, default="")
    written_at: Mapped[datetime] = mapped_column(default=clock.now)
    written_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    #: When a coordinator of the pupils' own school first opened it, and who.
    opened_at: Mapped[datetime | None]
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    outcome: Mapped[str] = mapped_column(EncryptedText, default="")
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    kept_for: Mapped[KeptFor] = mapped_column(words(KeptFor), default=KeptFor.NEXT_YEAR)
    #: The last day on which it is kept, once it is closed.
    keep_until: Mapped[date]
    event: Mapped[Event] = relationship()
    day: Mapped[EventDate | None] = relationship()
    school: Mapped[School | None] = relationship()
    written_by: Mapped[Person] = relationship(foreign_keys=[written_by_id])
    opened_by: Mapped[Person | None] = relationship(foreign_keys=[opened_by_id])
    closed_by: Mapped[Person | None] = relationship(foreign_keys=[closed_by_id])
    pupils: Mapped[list["IncidentPupil"]] = relationship(
        order_by="IncidentPupil.id", passive_deletes=True, back_populates="incident"
    )


class IncidentPupil(Model):
    """A pupil whom an incident is about."""

    __tablename__ = "incident_pupils"
    __table_args__ = (UniqueConstraint("incident_id", "booking_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id", ondelete="CASCADE"))
    booking_id: Mapped[int] = mapped_column(ForeignKey("bookings.id"), index=True)
    incident: Mapped[Incident] = relationship(back_populates="pupils")
    booking: Mapped[Booking] = relationship()


class IncidentNote(Sealed, Model):
    """What was added to an incident afterwards; nothing that was written is changed."""

    __tablename__ = "incident_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(
        ForeignKey("incidents.id", ondelete="CASCADE"), index=True
    )
    text: Mapped[str] = mapped_column(EncryptedText)
    #: Whether only the pupils' own school reads it.
    for_school_only: Mapped[bool] = mapped_column(default=False)
    written_at: Mapped[datetime] = mapped_column(default=clock.now)
    written_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    written_by: Mapped[Person] = relationship()


class StepTaken(Model):
    """A step taken to find a missing pupil: when, and by whom."""

    __tablename__ = "steps_taken"
    __table_args__ = (UniqueConstraint("incident_id", "step"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id", ondelete="CASCADE"))
    step: Mapped[MissingStep] = mapped_column(words(MissingStep))
    taken_at: Mapped[datetime] = mapped_column(default=clock.now)
    taken_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    taken_by: Mapped[Person] = relationship()


class Call(Sealed, Model):
    """One call about a pupil who has not come: who rang whom, when, and how it ended."""

    __tablename__ = "calls"
    __table_args__ = (Index("ix_calls_date_id_booking_id", "date_id", "booking_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    date_id: Mapped[int] = mapped_column(ForeignKey("event_dates.id", ondelete="CASCADE"))
    booking_id: Mapped[int] = mapped_column(ForeignKey("bookings.id"), index=True)
    callee: Mapped[Callee] = mapped_column(words(Callee))
    result: Mapped[CallResult] = mapped_column(words(CallResult))
    learnt: Mapped[str] = mapped_column(EncryptedText, default="")
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    made_by: Mapped[Person] = relationship()
    booking: Mapped[Booking] = relationship()


class HeadCount(Model):
    """How many heads somebody counted in or out on a date; counting again replaces it."""

    __tablename__ = "head_counts"
    __table_args__ = (
        UniqueConstraint("date_id", "way"),
        CheckConstraint("number >= 0", name="not_below_none"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    date_id: Mapped[int] = mapped_column(ForeignKey("event_dates.id", ondelete="CASCADE"))
    way: Mapped[Way] = mapped_column(words(Way))
    number: Mapped[int]
    counted_at: Mapped[datetime] = mapped_column(default=clock.now)
    counted_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    counted_by: Mapped[Person] = relationship()


class DayTimes(Model):
    """A host's times for one event, if they are not the usual ones."""

    __tablename__ = "day_times"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True)
    #: Minutes after a date begins from which the call list is shown.
    call_after: Mapped[int]
    #: Minutes after a pupil is missed at which 999 is rung.
    police_after: Mapped[int]
