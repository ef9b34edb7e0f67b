"""Tables for the day itself: who accompanies a school's pupils, and who was there each date."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.days.places.models import Booking
from booking.domain.registering import PRESENT, Arrival, Aspect, Departure
from booking.foundation.db import Model, words
from booking.foundation.encryption import EncryptedText, Sealed
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
    #: Whether they lead the visit: one of a school's adults at an event does.
    leads: Mapped[bool] = mapped_column(default=False, server_default=false())
    gives_first_aid: Mapped[bool] = mapped_column(default=False, server_default=false())


class RegisterMark(Sealed, Model):
    """How one pupil arrived at and left one date; the booking's state sums up all dates.

    It says what the taps come to (see `domain/registering`). Without a row, or without an arrival,
    the pupil is expected.
    """

    __tablename__ = "register_marks"
    __table_args__ = (UniqueConstraint("booking_id", "date_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("bookings.id"))
    #: A date that is removed from the event takes its marks with it.
    date_id: Mapped[int] = mapped_column(
        ForeignKey("event_dates.id", ondelete="CASCADE"), index=True
    )
    arrival: Mapped[Arrival | None] = mapped_column(words(Arrival))
    #: When it was noted: on the phone, which may have had no signal.
    arrival_at: Mapped[datetime | None]
    arrival_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    departure: Mapped[Departure | None] = mapped_column(words(Departure))
    departure_at: Mapped[datetime | None]
    departure_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    #: With whom the pupil left.
    left_with: Mapped[str | None] = mapped_column(EncryptedText)
    booking: Mapped[Booking] = relationship()

    @property
    def present(self) -> bool:
        """Return whether the pupil was there, late or not."""
        return self.arrival in PRESENT


class RegisterTap(Sealed, Model):
    """One press in the register, whether it counts or another came later: the register's history.

    On a phone without signal it waits, and may come in long after it was made.
    """

    __tablename__ = "register_taps"
    __table_args__ = (Index("ix_register_taps_booking_id_date_id", "booking_id", "date_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Made by the phone, so that a tap that is sent twice is taken once.
    key: Mapped[str] = mapped_column(String(60), unique=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("bookings.id"))
    date_id: Mapped[int] = mapped_column(
        ForeignKey("event_dates.id", ondelete="CASCADE"), index=True
    )
    aspect: Mapped[Aspect] = mapped_column(words(Aspect))
    #: An Arrival or a Departure; None takes the mark back.
    mark: Mapped[str | None] = mapped_column(String(40))
    left_with: Mapped[str | None] = mapped_column(EncryptedText)
    tapped_at: Mapped[datetime]
    received_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
