"""Tables of circulars: what was written, to whom it goes and when, and each reader's copy."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.days.events.models import Event
from booking.domain.circulars import Readership
from booking.foundation import clock
from booking.foundation.db import Model, words
from booking.foundation.tokens import new_public_id
from booking.people.pupils.models import Parent
from booking.people.schools.models import Person, School


class Circular(Model):
    """What one person writes to many; a draft until `send_at` is set, sent once it is addressed."""

    __tablename__ = "circulars"
    __table_args__ = (Index("ix_circulars_addressed_at_send_at", "addressed_at", "send_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    readership: Mapped[Readership] = mapped_column(words(Readership))
    #: The roles or phases that the lead chose.
    chosen: Mapped[list[str]] = mapped_column(JSON, default=list)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"), index=True)
    #: Who speaks: the host school to schools, the families' own to families; None: the network.
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"), index=True)
    subject: Mapped[str]
    #: A few marks of Markdown, and blanks such as {name}.
    text: Mapped[str]
    #: Whether it waits for the reader's one mail of the day.
    may_wait: Mapped[bool] = mapped_column(default=False)
    #: Answers reach this person.
    written_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    written_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: When it is to go out; None while it is a draft.
    send_at: Mapped[datetime | None]
    #: When its readers were found and their copies written; from then on it cannot be stopped.
    addressed_at: Mapped[datetime | None]

    event: Mapped[Event | None] = relationship()
    school: Mapped[School | None] = relationship()
    written_by: Mapped[Person] = relationship()

    def __repr__(self) -> str:
        """Show the public id."""
        return f"<Circular {self.public_id}>"


class CircularCopy(Model):
    """One reader's copy: a person of the network, or a parent about a child's place."""

    __tablename__ = "circular_copies"
    __table_args__ = (
        UniqueConstraint("circular_id", "person_id"),
        UniqueConstraint("circular_id", "parent_id"),
        CheckConstraint("(person_id IS NULL) <> (parent_id IS NULL)", name="one_reader"),
        Index("ix_circular_copies_mail_key", "mail_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    circular_id: Mapped[int] = mapped_column(ForeignKey("circulars.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    #: The school for which a person reads it: somebody may coordinate several, and reads one copy.
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"))
    #: Goes with the parent: nothing is left that could tell who it was.
    parent_id: Mapped[int | None] = mapped_column(
        ForeignKey("parents.id", ondelete="CASCADE"), index=True
    )
    booking_id: Mapped[int | None] = mapped_column(
        ForeignKey("bookings.id", ondelete="CASCADE"), index=True
    )
    #: The mail that carries it, by the outbox's key; None until that is queued.
    mail_key: Mapped[str | None]

    person: Mapped[Person | None] = relationship()
    parent: Mapped[Parent | None] = relationship()
    school: Mapped[School | None] = relationship()

    @property
    def reader_name(self) -> str:
        """What the reader is called."""
        reader = self.person or self.parent
        return reader.name if reader is not None else ""


class CircularTemplate(Model):
    """A text that is kept to start circulars from: a school's, or the network's for all."""

    __tablename__ = "circular_templates"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    #: Whose it is; None: the network's.
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"), index=True)
    #: Whom it is written for, and so which blanks it may have.
    readership: Mapped[Readership] = mapped_column(words(Readership))
    #: What it is called in lists; its readers never see it.
    name: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]
    kept_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: When a circular was last started from it, or it was last kept.
    used_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)

    school: Mapped[School | None] = relationship()

    def __repr__(self) -> str:
        """Show the public id."""
        return f"<CircularTemplate {self.public_id}>"
