"""Tables for the day itself: who accompanies a school's pupils, and who was there each date."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.days.places.models import Booking
from booking.foundation import clock
from booking.foundation.db import Model
from booking.foundation.tokens import new_public_id


class AccompanyingAdult(Model):
    """An adult from the home school, with the mobile number that the host can ring."""

    __tablename__ = "accompanying_adults"
    __table_args__ = (Index("ix_accompanying_adults_event_id_school_id", "event_id", "school_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"))
    name: Mapped[str]
    #: E.164.
    mobile: Mapped[str]
    #: Where late changes are told; never on the roster. Empty: the school rings.
    email: Mapped[str] = mapped_column(default="", server_default="")


class RegisterMark(Model):
    """Whether one pupil was there on one date; the booking's state sums up all dates."""

    __tablename__ = "register_marks"
    __table_args__ = (UniqueConstraint("booking_id", "date_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("bookings.id"))
    #: A date that is removed from the event takes its marks with it.
    date_id: Mapped[int] = mapped_column(
        ForeignKey("event_dates.id", ondelete="CASCADE"), index=True
    )
    present: Mapped[bool]
    marked_at: Mapped[datetime] = mapped_column(default=clock.now)
    marked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    booking: Mapped[Booking] = relationship()
