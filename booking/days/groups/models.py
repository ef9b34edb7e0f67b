"""Tables of groups and workshops: what there is, who is where, and how it was before."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.days.events.models import Event
from booking.foundation import clock
from booking.foundation.db import Model, words
from booking.foundation.tokens import new_public_id
from booking.people.schools.models import Person


class EventGroup(Model):
    """A named group or table at an event."""

    __tablename__ = "event_groups"
    __table_args__ = (UniqueConstraint("event_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    #: From 0; the order in which groups are listed.
    position: Mapped[int]
    name: Mapped[str]

    def __repr__(self) -> str:
        """Show the name."""
        return f"<EventGroup {self.name}>"


class GroupMember(Model):
    """A pupil's group at an event; goes when the place does."""

    __tablename__ = "group_members"

    booking_id: Mapped[int] = mapped_column(ForeignKey("bookings.id"), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("event_groups.id"), index=True)
    #: Put there by hand: a new proposal leaves the pupil where they are.
    pinned: Mapped[bool] = mapped_column(default=False)


class GroupPlan(Model):
    """How often an event's groups have been changed, and how they were before the last time."""

    __tablename__ = "group_plans"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("events.id", ondelete="CASCADE"), primary_key=True
    )
    #: Rises with each change: a button on a page opened before it does nothing.
    version: Mapped[int] = mapped_column(default=0)
    #: Names, and group and pin of each booking, before the last change; None once taken back.
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    changed_by: Mapped[Person | None] = relationship()


class WorkshopTime(StrEnum):
    """Which part of the day a workshop takes."""

    FIRST = "first"
    SECOND = "second"
    WHOLE_DAY = "whole_day"


class Workshop(Model):
    """A workshop that pupils can choose within an event."""

    __tablename__ = "workshops"
    __table_args__ = (CheckConstraint("places >= 1", name="some_places"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    title: Mapped[str]
    #: What pupils do there, in one line.
    line: Mapped[str] = mapped_column(default="")
    room: Mapped[str] = mapped_column(default="")
    places: Mapped[int]
    time: Mapped[WorkshopTime] = mapped_column(words(WorkshopTime))
    event: Mapped[Event] = relationship()

    def __repr__(self) -> str:
        """Show the title."""
        return f"<Workshop {self.title}>"


class WorkshopChoice(Model):
    """When families choose workshops, the sealed lottery, and what came of it."""

    __tablename__ = "workshop_choices"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("events.id", ondelete="CASCADE"), primary_key=True
    )
    closes_at: Mapped[datetime]
    #: The commitment is shown from the start, the seed once the workshops are shared out.
    seed: Mapped[str]
    seed_commitment: Mapped[str]
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)
    shared_at: Mapped[datetime | None]
    shared_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    #: Everything needed to share them out again, wishes included; goes when they go.
    record: Mapped[str | None] = mapped_column(Text)
    digest: Mapped[str | None]
    #: Rises with each change by hand.
    version: Mapped[int] = mapped_column(default=0)
    #: The booking moved last, and where it was before; None once taken back.
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class WorkshopWish(Model):
    """A workshop that a pupil would like, and how much: 1 is the first choice."""

    __tablename__ = "workshop_wishes"
    __table_args__ = (
        UniqueConstraint("booking_id", "half", "rank"),
        CheckConstraint("rank >= 1 AND rank <= 3", name="three_at_most"),
        CheckConstraint("half = 1 OR half = 2", name="half_of_the_day"),
    )

    booking_id: Mapped[int] = mapped_column(ForeignKey("bookings.id"), primary_key=True)
    workshop_id: Mapped[int] = mapped_column(
        ForeignKey("workshops.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    #: The part of the day for which it was chosen; a whole day is chosen in the first.
    half: Mapped[int]
    rank: Mapped[int]


class WorkshopSpot(Model):
    """One numbered place at a workshop, in one part of the day, taken by a pupil."""

    __tablename__ = "workshop_spots"
    __table_args__ = (
        UniqueConstraint("workshop_id", "half", "number", name="uq_workshop_spots_spot"),
        UniqueConstraint("booking_id", "half", name="uq_workshop_spots_one_at_a_time"),
        CheckConstraint("number >= 1", name="numbered_from_one"),
        CheckConstraint("half = 1 OR half = 2", name="half_of_the_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id"))
    half: Mapped[int]
    number: Mapped[int]
    booking_id: Mapped[int] = mapped_column(ForeignKey("bookings.id"))
    #: Given after families were told: the home school tells them, and says so.
    moved_at: Mapped[datetime | None]
    workshop: Mapped[Workshop] = relationship()
