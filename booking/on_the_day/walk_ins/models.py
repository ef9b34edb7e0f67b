"""The table of pupils who came to a date without being on its list."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.days.events.models import Event, EventDate
from booking.days.places.models import Booking
from booking.foundation import clock
from booking.foundation.db import Model, words
from booking.foundation.encryption import EncryptedText, Sealed
from booking.foundation.tokens import new_public_id
from booking.people.pupils.models import Pupil
from booking.people.schools.models import School

HERE_SQL = text("undone_at IS NULL")


class WalkInOutcome(StrEnum):
    """What the home school said of a walk-in."""

    OURS = "ours"
    NOT_OURS = "not_ours"


class WalkIn(Sealed, Model):
    """A pupil whom the day's staff wrote down at the door. It is no booking, and changes none."""

    __tablename__ = "walk_ins"
    __table_args__ = (
        # Two phones at the door write the same child down once, and fill a place once.
        Index(
            "uq_walk_ins_same_name",
            "date_id",
            "school_id",
            "folded",
            unique=True,
            sqlite_where=HERE_SQL,
            postgresql_where=HERE_SQL,
        ),
        Index(
            "uq_walk_ins_same_place",
            "date_id",
            "place_id",
            unique=True,
            sqlite_where=HERE_SQL,
            postgresql_where=HERE_SQL,
        ),
        CheckConstraint("place_id IS NOT NULL OR reason IS NOT NULL", name="a_place_or_a_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    #: A date that is removed from the event takes them with it.
    date_id: Mapped[int] = mapped_column(ForeignKey("event_dates.id", ondelete="CASCADE"))
    #: The school that the pupil came with.
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), index=True)
    #: As it was said at the door, and without case for comparing.
    name: Mapped[str]
    folded: Mapped[str]
    #: Whose place the pupil takes today; that pupil's booking stays as it is.
    instead_of_id: Mapped[int | None] = mapped_column(ForeignKey("bookings.id"), index=True)
    #: The school's own place that is filled today; None: over its places, for this reason.
    place_id: Mapped[int | None] = mapped_column(ForeignKey("places.id"), index=True)
    reason: Mapped[str | None] = mapped_column(EncryptedText)
    #: The pupil of that school with that name, or whom the school named; not shown to the host.
    pupil_id: Mapped[int | None] = mapped_column(
        ForeignKey("pupils.id", ondelete="SET NULL"), index=True
    )
    added_at: Mapped[datetime] = mapped_column(default=clock.now)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    #: When somebody rang the school and asked what has to be known; what was said is not kept.
    asked_at: Mapped[datetime | None]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    #: What the home school said.
    outcome: Mapped[WalkInOutcome | None] = mapped_column(words(WalkInOutcome))
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    #: When it was taken back as a mistake.
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    event: Mapped[Event] = relationship()
    date: Mapped[EventDate] = relationship()
    school: Mapped[School] = relationship()
    instead_of: Mapped[Booking | None] = relationship()
    pupil: Mapped[Pupil | None] = relationship()

    def __repr__(self) -> str:
        """Show the id only: names stay out of logs."""
        return f"<WalkIn {self.id}>"
