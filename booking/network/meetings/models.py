"""Tables of meetings: what, when, where and for whom, the answers and the minutes."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.db import Model, words
from booking.foundation.tokens import new_public_id
from booking.people.schools.models import School


class MeetingKind(StrEnum):
    """What kind of meeting it is."""

    COORDINATORS = "coordinators"
    TRAINING = "training"
    OTHER = "other"


class Answer(StrEnum):
    """The answer of somebody who is invited."""

    COMING = "coming"
    NOT_COMING = "not_coming"


class Meeting(Model):
    """A meeting or a training session of staff, called by the lead or by who leads a circle."""

    __tablename__ = "meetings"
    __table_args__ = (CheckConstraint("starts_at < ends_at", name="times_in_order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    #: Never changes: calendars know the meeting by it.
    uid: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[MeetingKind] = mapped_column(words(MeetingKind))
    title: Mapped[str]
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    #: Where it is, unless `venue` gives another place; None if no school hosts it.
    host_school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"))
    venue: Mapped[str]
    #: Where to join online, always https; empty if it is not online.
    link: Mapped[str]
    notes: Mapped[str]
    #: Everybody with an account is invited; otherwise, everybody who holds one of `roles`.
    for_everybody: Mapped[bool]
    #: What it belongs to besides the network, such as "group:Ab3…"; the guests are then its people.
    circle: Mapped[str] = mapped_column(default="", server_default="", index=True)
    called_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    called_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: RFC 5545: goes up with each change that people are told about.
    sequence: Mapped[int] = mapped_column(default=0)
    modified_at: Mapped[datetime] = mapped_column(default=clock.now)
    cancelled_at: Mapped[datetime | None]
    cancelled_reason: Mapped[str] = mapped_column(default="")
    minutes: Mapped[str] = mapped_column(default="")
    minutes_link: Mapped[str] = mapped_column(default="")
    #: When the minutes were last saved; None while there are none.
    minutes_at: Mapped[datetime | None]

    host_school: Mapped[School | None] = relationship()
    roles: Mapped[list["MeetingRole"]] = relationship(
        order_by="MeetingRole.role", cascade="all, delete-orphan"
    )

    def __repr__(self) -> str:
        """Show the public id."""
        return f"<Meeting {self.public_id}>"


class MeetingRole(Model):
    """A role whose holders are invited to a meeting, whoever they are at the time."""

    __tablename__ = "meeting_roles"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(words(Role), primary_key=True)


class MeetingGuest(Model):
    """Somebody who is invited to a meeting by name, whatever roles they hold."""

    __tablename__ = "meeting_guests"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)


class MeetingAnswer(Model):
    """One person's answer about one meeting; it can change until the meeting begins."""

    __tablename__ = "meeting_answers"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    answer: Mapped[Answer] = mapped_column(words(Answer))
    answered_at: Mapped[datetime] = mapped_column(default=clock.now)
