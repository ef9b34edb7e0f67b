"""Tables of ideas for events, and of the schools that second them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.days.events.models import Event
from booking.foundation import clock
from booking.foundation.db import Model, words
from booking.foundation.tokens import new_public_id
from booking.people.schools.models import Person, School


class IdeaKind(StrEnum):
    """Whether somebody offers an event or asks for one."""

    OFFERED = "offered"
    WANTED = "wanted"


class IdeaState(StrEnum):
    """Whether an idea is still talked about. It is taken up while it has an event."""

    OPEN = "open"
    #: The lead said no.
    DECLINED = "declined"
    #: Withdrawn by whoever had it, or silent for a year.
    CLOSED = "closed"


class Idea(Model):
    """An event that somebody could host, or would like to see."""

    __tablename__ = "ideas"
    __table_args__ = (CheckConstraint("low_year <= high_year", name="years_in_order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    kind: Mapped[IdeaKind] = mapped_column(words(IdeaKind))
    title: Mapped[str]
    #: What pupils would do, and what it needs.
    details: Mapped[str]
    #: In words: "a Friday in June".
    roughly_when: Mapped[str]
    low_year: Mapped[int]
    high_year: Mapped[int]
    #: Whose idea it is; None for the network lead's.
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"), index=True)
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    proposed_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: When somebody last proposed, changed or seconded it.
    touched_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    #: When whoever had it was told that it will be closed unless somebody adds to it.
    warned_at: Mapped[datetime | None]
    state: Mapped[IdeaState] = mapped_column(words(IdeaState), default=IdeaState.OPEN)
    closed_at: Mapped[datetime | None]
    closed_word: Mapped[str] = mapped_column(default="")
    #: The event made from it. If its draft is deleted, the idea is open again.
    event_id: Mapped[int | None] = mapped_column(
        ForeignKey("events.id", ondelete="SET NULL"), unique=True
    )
    taken_up_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    taken_up_at: Mapped[datetime | None]

    school: Mapped[School | None] = relationship()
    proposed_by: Mapped[Person | None] = relationship(foreign_keys=[proposed_by_id])
    taken_up_by: Mapped[Person | None] = relationship(foreign_keys=[taken_up_by_id])
    event: Mapped[Event | None] = relationship()

    @property
    def is_open(self) -> bool:
        """Whether it can still be seconded, changed and taken up."""
        return self.state is IdeaState.OPEN and self.event_id is None

    def __repr__(self) -> str:
        """Show the public id."""
        return f"<Idea {self.public_id}>"


class IdeaSecond(Model):
    """A school that would come, with how many pupils."""

    __tablename__ = "idea_seconds"
    __table_args__ = (
        UniqueConstraint("idea_id", "school_id", name="uq_idea_seconds_idea_id_school_id"),
        CheckConstraint("pupils >= 1", name="some_pupils"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"))
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    pupils: Mapped[int]
    note: Mapped[str] = mapped_column(default="")
    seconded_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: When whoever had the idea was told.
    told_at: Mapped[datetime | None]

    school: Mapped[School] = relationship()
    person: Mapped[Person | None] = relationship()
