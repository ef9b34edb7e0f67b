"""Families of one school that have not answered about an event: what their paper slips are for."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from booking.days.events.models import Event
from booking.days.places.models import Booking
from booking.domain import year_groups
from booking.domain.booking_states import BookingState
from booking.foundation import holdings
from booking.foundation.db import db
from booking.money.checkout.queries.replies import has_answered
from booking.people.pupils.models import Pupil

#: So many rows are on one page; the others follow once these have been recorded.
SLIPS_MAX = 60
#: So many letters are in one file.
LETTERS_MAX = 200


@dataclass(frozen=True)
class SlipRow:
    """A pupil whose family has not answered, and who of it is on the school's list."""

    booking_id: int
    public_id: str
    label: str
    parent_name: str = ""
    #: E.164, or empty.
    parent_phone: str = ""
    #: Whether only a letter reaches the family, and nobody has said that it has one.
    is_to_ask_on_paper: bool = False

    @property
    def field_name(self) -> str:
        """What the names of the row's fields begin with."""
        return f"slip-{self.public_id}"


def unanswered(event_id: int, school_id: int) -> list[SlipRow]:
    """Return a school's pupils at an event whose families have not answered: two queries."""
    found = db.session.scalars(
        _unanswered(event_id, school_id)
        .options(joinedload(Booking.pupil).selectinload(Pupil.parents))
        .limit(SLIPS_MAX)
    )
    return [_row(booking) for booking in found]


def to_write_to(event_id: int, school_id: int, booking_id: int | None = None) -> list[Booking]:
    """Return the bookings whose families get a letter: all that have not answered, or one.

    Nobody writes to a family that is restricted.
    """
    found = (
        _unanswered(event_id, school_id)
        .where(~holdings.restricted(Pupil))
        .options(
            joinedload(Booking.pupil).selectinload(Pupil.parents),
            joinedload(Booking.school),
            joinedload(Booking.event).joinedload(Event.host_school),
            joinedload(Booking.event).selectinload(Event.dates),
        )
        .limit(LETTERS_MAX)
    )
    if booking_id is not None:
        found = found.where(Booking.id == booking_id)
    return list(db.session.scalars(found))


def _unanswered(event_id: int, school_id: int) -> Select[Booking]:
    return (
        select(Booking)
        .join(Booking.pupil)
        .where(
            Booking.event_id == event_id,
            Booking.school_id == school_id,
            Booking.state == BookingState.INVITED,
            ~has_answered(),
        )
        .order_by(Pupil.surname, Pupil.forename, Booking.id)
    )


def names(event_id: int, school_id: int, public_ids: Collection[str]) -> list[str]:
    """Return the names of a school's pupils at an event, by their bookings."""
    found = db.session.execute(
        select(Pupil.forename, Pupil.surname)
        .join(Booking, Booking.pupil_id == Pupil.id)
        .where(
            Booking.event_id == event_id,
            Booking.school_id == school_id,
            Booking.public_id.in_(public_ids),
        )
        .order_by(Pupil.surname, Pupil.forename)
    )
    return [f"{forename} {surname}" for forename, surname in found]


def _row(booking: Booking) -> SlipRow:
    pupil = booking.pupil
    first = min(pupil.parents, key=lambda parent: parent.id, default=None)
    return SlipRow(
        booking.id,
        booking.public_id,
        f"{pupil.name}, {year_groups.name(pupil.year_group)}",
        first.name if first else "",
        first.phone if first else "",
        not any(parent.email for parent in pupil.parents)
        and booking.invitation_sent_at is None
        and booking.asked_on_paper_at is None,
    )
