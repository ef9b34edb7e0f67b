"""Tables of what families changed late, and of who opened whom to ring for a pupil."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.days.places.models import Booking
from booking.foundation import clock
from booking.foundation.db import Model, words
from booking.foundation.encryption import EncryptedText, Sealed
from booking.foundation.tokens import new_public_id
from booking.people.schools.models import Person


class Audience(StrEnum):
    """Who has to see a late change: each looks for themselves."""

    SCHOOL = "school"
    HOST = "host"


UNSEEN_SQL = text("seen_at IS NULL")


class LateChange(Model):
    """Parts of its answers that a family changed after the place was confirmed: never what to.

    What changes again before anybody has seen it is added to the same row.
    """

    __tablename__ = "late_changes"
    __table_args__ = (
        Index(
            "uq_late_changes_unseen",
            "booking_id",
            "audience",
            unique=True,
            sqlite_where=UNSEEN_SQL,
            postgresql_where=UNSEEN_SQL,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    booking_id: Mapped[int] = mapped_column(ForeignKey("bookings.id"), index=True)
    audience: Mapped[Audience] = mapped_column(words(Audience))
    #: Codes of `needs.ToldPart`.
    parts: Mapped[list[str]] = mapped_column(JSON)
    #: When the newest of them changed.
    changed_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    seen_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    booking: Mapped[Booking] = relationship()
    seen_by: Mapped[Person | None] = relationship()

    @property
    def version(self) -> str:
        """Return what tells it from the same change with more added to it."""
        return f"{self.changed_at.timestamp():.6f}"


class ContactOpening(Sealed, Model):
    """One of the day's staff opened whom to ring for a pupil, in an emergency, and said why."""

    __tablename__ = "contact_openings"
    __table_args__ = (Index("ix_contact_openings_booking_id_person_id", "booking_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("bookings.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    #: For the pupil's own school; it may say how the pupil is, so it is encrypted.
    reason: Mapped[str] = mapped_column(EncryptedText)
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)
    booking: Mapped[Booking] = relationship()
    person: Mapped[Person] = relationship()
