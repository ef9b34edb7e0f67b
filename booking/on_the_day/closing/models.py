"""Tables of the end of a day: who closed it, what was left behind, what its host would change."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.days.events.models import Event
from booking.domain.lost_property import LostState, WayBack
from booking.foundation import clock
from booking.foundation.db import Model, words
from booking.foundation.tokens import new_public_id
from booking.people.schools.models import Person, School


class DayClosing(Model):
    """That somebody closed the day of an event; it stays when the day is opened again."""

    __tablename__ = "day_closings"
    __table_args__ = (
        Index(
            "uq_day_closings_closed_once",
            "event_id",
            unique=True,
            sqlite_where=text("reopened_at IS NULL"),
            postgresql_where=text("reopened_at IS NULL"),
        ),
        CheckConstraint(
            "(reopened_at IS NULL) = (reopened_reason = '')", name="reopened_with_a_reason"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    closed_at: Mapped[datetime] = mapped_column(default=clock.now)
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    #: How many marks of the register were missing for good.
    never_marked: Mapped[int] = mapped_column(default=0)
    reopened_at: Mapped[datetime | None]
    reopened_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reopened_reason: Mapped[str] = mapped_column(default="")

    event: Mapped[Event] = relationship()
    closed_by: Mapped[Person | None] = relationship(foreign_keys=[closed_by_id])
    reopened_by: Mapped[Person | None] = relationship(foreign_keys=[reopened_by_id])

    def __repr__(self) -> str:
        """Show the event's id."""
        return f"<DayClosing {self.event_id}>"


class LostThing(Model):
    """Something that was left behind; every school that came reads what it is."""

    __tablename__ = "lost_things"
    __table_args__ = (
        CheckConstraint(
            "(way_back IS NULL) = (claimed_by_school_id IS NULL)", name="claimed_in_some_way"
        ),
        Index("ix_lost_things_event_id", "event_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    #: What it is: "A blue coat".
    what: Mapped[str]
    found_where: Mapped[str] = mapped_column(default="")
    #: The last day on which a school can ask for it.
    kept_until: Mapped[date]
    state: Mapped[LostState] = mapped_column(words(LostState), default=LostState.LISTED)
    claimed_by_school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"), index=True)
    way_back: Mapped[WayBack | None] = mapped_column(words(WayBack))
    listed_at: Mapped[datetime] = mapped_column(default=clock.now)
    listed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    #: When its state last changed.
    moved_at: Mapped[datetime] = mapped_column(default=clock.now)

    event: Mapped[Event] = relationship()
    claimed_by_school: Mapped[School | None] = relationship()

    def __repr__(self) -> str:
        """Show the public id."""
        return f"<LostThing {self.public_id}>"


class Reflection(Model):
    """What a host wrote after an event, for whoever plans the next."""

    __tablename__ = "reflections"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True)
    went_well: Mapped[str] = mapped_column(default="")
    to_change: Mapped[str] = mapped_column(default="")
    #: Whether other schools read it, where they begin with this event.
    for_colleagues: Mapped[bool] = mapped_column(default=False)
    written_at: Mapped[datetime] = mapped_column(default=clock.now)
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    event: Mapped[Event] = relationship()

    def __repr__(self) -> str:
        """Show the event's id."""
        return f"<Reflection {self.event_id}>"
