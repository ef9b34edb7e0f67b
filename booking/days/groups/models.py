"""Tables of groups: what they are called, who is in them, and how they were before."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.foundation import clock
from booking.foundation.db import Model
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
