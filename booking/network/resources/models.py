"""Tables of resources: what each is, its versions, what colleagues say, and where it is used."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.days.events.models import Event
from booking.domain.resourcing import Licence, PupilsShown, ResourceKind, SubjectArea
from booking.foundation import clock
from booking.foundation.db import Model, words
from booking.foundation.files.models import AttachedFile
from booking.foundation.tokens import new_public_id
from booking.people.schools.models import Person, School


class Resource(Model):
    """Something that others may use: it belongs to its school, whoever wrote it."""

    __tablename__ = "resources"
    __table_args__ = (CheckConstraint("low_year <= high_year", name="years_in_order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    title: Mapped[str]
    #: What it is and how it was used.
    about: Mapped[str]
    kind: Mapped[ResourceKind] = mapped_column(words(ResourceKind))
    licence: Mapped[Licence] = mapped_column(words(Licence))
    low_year: Mapped[int]
    high_year: Mapped[int]
    #: Whose it is, also when its author has left; None: somebody's who has no school.
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"), index=True)
    #: Where an associate came from who shared it; it stays when they leave.
    institution: Mapped[str] = mapped_column(default="", server_default="")
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    #: The event where it was used.
    used_at_id: Mapped[int | None] = mapped_column(
        ForeignKey("events.id", ondelete="SET NULL"), index=True
    )
    added_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    #: When its newest version came, or something that is said about it changed.
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
    withdrawn_at: Mapped[datetime | None] = mapped_column(index=True)
    withdrawn_reason: Mapped[str] = mapped_column(default="")
    #: What the lead withdrew from others, only a lead puts back.
    withdrawn_by_lead: Mapped[bool] = mapped_column(default=False)

    school: Mapped[School | None] = relationship()
    author: Mapped[Person | None] = relationship()
    used_at: Mapped[Event | None] = relationship()
    subjects: Mapped[list["ResourceSubject"]] = relationship(
        order_by="ResourceSubject.subject", cascade="all, delete-orphan"
    )

    def __repr__(self) -> str:
        """Show the public id."""
        return f"<Resource {self.public_id}>"


class ResourceSubject(Model):
    """A subject that a resource is about."""

    __tablename__ = "resource_subjects"

    resource_id: Mapped[int] = mapped_column(
        ForeignKey("resources.id", ondelete="CASCADE"), primary_key=True
    )
    subject: Mapped[SubjectArea] = mapped_column(words(SubjectArea), primary_key=True)


class ResourceVersion(Model):
    """A version of a resource: a file on its school's shelf, or a link. Earlier ones stay."""

    __tablename__ = "resource_versions"
    __table_args__ = (
        UniqueConstraint("resource_id", "number", name="uq_resource_versions_resource_id_number"),
        CheckConstraint("number >= 1", name="numbered_from_one"),
        CheckConstraint("(file_id IS NULL) != (link = '')", name="file_or_link"),
        CheckConstraint("shown != 'pupils' OR families_agreed", name="families_asked"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resource_id: Mapped[int] = mapped_column(ForeignKey("resources.id", ondelete="CASCADE"))
    number: Mapped[int]
    file_id: Mapped[int | None] = mapped_column(
        ForeignKey("attached_files.id", ondelete="CASCADE"), unique=True
    )
    #: Always https; empty if it is a file.
    link: Mapped[str] = mapped_column(default="")
    #: What changed, in a line; empty for the first.
    changed: Mapped[str] = mapped_column(default="")
    shown: Mapped[PupilsShown] = mapped_column(words(PupilsShown))
    families_agreed: Mapped[bool] = mapped_column(default=False)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    added_at: Mapped[datetime] = mapped_column(default=clock.now)

    file: Mapped[AttachedFile | None] = relationship()


class TriedNote(Model):
    """What somebody says who tried a resource; its author may change it or take it back."""

    __tablename__ = "tried_notes"
    __table_args__ = (Index("ix_tried_notes_resource_id", "resource_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    resource_id: Mapped[int] = mapped_column(ForeignKey("resources.id", ondelete="CASCADE"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"))
    #: Where an associate came from who wrote it.
    institution: Mapped[str] = mapped_column(default="", server_default="")
    worked: Mapped[str]
    did_not: Mapped[str]
    #: The year group with which it was tried.
    year: Mapped[int]
    written_at: Mapped[datetime] = mapped_column(default=clock.now)
    changed_at: Mapped[datetime | None]
    #: The lead hides a note, with a reason that its author is told.
    hidden_at: Mapped[datetime | None]
    hidden_reason: Mapped[str] = mapped_column(default="")

    resource: Mapped[Resource] = relationship()
    author: Mapped[Person | None] = relationship()
    school: Mapped[School | None] = relationship()


class ResourceProblem(Model):
    """Something wrong with a resource that somebody told the lead."""

    __tablename__ = "resource_problems"
    __table_args__ = (Index("ix_resource_problems_resource_id", "resource_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    resource_id: Mapped[int] = mapped_column(ForeignKey("resources.id", ondelete="CASCADE"))
    told_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    told: Mapped[str]
    told_at: Mapped[datetime] = mapped_column(default=clock.now)
    settled_at: Mapped[datetime | None] = mapped_column(index=True)
    answer: Mapped[str] = mapped_column(default="")

    resource: Mapped[Resource] = relationship()
    told_by: Mapped[Person | None] = relationship()


class EventMaterial(Model):
    """A resource among the materials of an event, put there by whoever runs the event."""

    __tablename__ = "event_materials"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("events.id", ondelete="CASCADE"), primary_key=True
    )
    resource_id: Mapped[int] = mapped_column(
        ForeignKey("resources.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    added_at: Mapped[datetime] = mapped_column(default=clock.now)


class ResourceFeed(Model):
    """The private address at which a person's reader fetches what is new."""

    __tablename__ = "resource_feeds"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    token_hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
