"""Tables of groups: what each is for, who is in it, who asks to be, and its notes."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.domain.grouping_colleagues import AskKind, GroupKind, Joining
from booking.domain.resourcing import SubjectArea
from booking.foundation import clock
from booking.foundation.db import Model, words
from booking.foundation.tokens import new_public_id
from booking.people.schools.models import Person


class StaffGroup(Model):
    """Colleagues of several schools who meet about a subject or a shared piece of work."""

    __tablename__ = "staff_groups"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    name: Mapped[str]
    kind: Mapped[GroupKind] = mapped_column(words(GroupKind))
    subject: Mapped[SubjectArea] = mapped_column(words(SubjectArea), index=True)
    purpose: Mapped[str]
    joining: Mapped[Joining] = mapped_column(words(Joining))
    founded_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: When somebody last joined, noted something or called a meeting.
    last_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    ended_at: Mapped[datetime | None] = mapped_column(index=True)
    ended_reason: Mapped[str] = mapped_column(default="")

    def __repr__(self) -> str:
        """Show the public id."""
        return f"<StaffGroup {self.public_id}>"


class StaffGroupMember(Model):
    """Somebody who is in a group, and whether they lead it."""

    __tablename__ = "staff_group_members"
    __table_args__ = (
        UniqueConstraint("group_id", "person_id", name="uq_staff_group_members_group_id_person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    group_id: Mapped[int] = mapped_column(ForeignKey("staff_groups.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    leads: Mapped[bool] = mapped_column(default=False)
    joined_at: Mapped[datetime] = mapped_column(default=clock.now)

    group: Mapped[StaffGroup] = relationship()
    person: Mapped[Person] = relationship()


class StaffGroupAsk(Model):
    """Somebody asks to join, or was asked in; the row goes when it is answered."""

    __tablename__ = "staff_group_asks"
    __table_args__ = (
        UniqueConstraint("group_id", "person_id", name="uq_staff_group_asks_group_id_person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    group_id: Mapped[int] = mapped_column(ForeignKey("staff_groups.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    kind: Mapped[AskKind] = mapped_column(words(AskKind))
    word: Mapped[str]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)

    group: Mapped[StaffGroup] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=person_id)


class StaffGroupNote(Model):
    """What a group writes down, for its members."""

    __tablename__ = "staff_group_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    group_id: Mapped[int] = mapped_column(
        ForeignKey("staff_groups.id", ondelete="CASCADE"), index=True
    )
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    words: Mapped[str]
    written_at: Mapped[datetime] = mapped_column(default=clock.now)

    group: Mapped[StaffGroup] = relationship()
    author: Mapped[Person | None] = relationship()
