"""What rosters show: confirmed pupils with their needs, and who accompanies them."""

from typing import Any

from booking.days.events.models import Event
from booking.days.places.models import Booking
from booking.domain.booking_states import BookingState
from booking.domain.permissions import COMMAND
from booking.domain.registering import Arrival, Departure
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.checkout.models import Needs
from booking.on_the_day.rosters import service as rosters
from booking.on_the_day.rosters.models import AccompanyingAdult, RegisterMark
from booking.people.pupils.models import Pupil
from booking.people.schools.models import School
from tests.builders import places, pupils
from tests.builders.rewritten import rewritten


@rewritten
def expect_pupil(
    *,
    event: Event,
    school: School,
    pupil: Pupil | None = None,
    forename: str = "",
    surname: str = "Pupil",
    state: BookingState = BookingState.CONFIRMED,
    **needs: Any,
) -> Booking:
    """Return a confirmed booking; with `needs`, the parent has sent these answers."""
    pupil = pupil or pupils.make_pupil(
        school=school, forename=forename, surname=surname, year_group=event.low_year
    )
    booking = places.make_booking(event=event, school=school, pupil=pupil, state=state)
    if needs:
        tell_needs(booking, **needs)
    return booking


@rewritten
def tell_needs(booking: Booking, **needs: Any) -> Needs:
    """Save a parent's answers about a booking as sent."""
    now = clock.now()
    with transaction():
        row = Needs(booking_id=booking.id, answered_at=now, sent_at=now, **needs)
        db.session.add(row)
    return row


@rewritten
def bring_adult(
    *,
    event: Event,
    school: School,
    name: str = "Sam Lane",
    mobile: str = "07700 900321",
    email: str = "",
    leads: bool = False,
) -> AccompanyingAdult:
    """Add an adult who accompanies a school's pupils."""
    with transaction():
        return rosters.add_adult(
            actor=COMMAND,
            now=clock.now(),
            event=event,
            school=school,
            name=name,
            mobile=mobile,
            email=email,
            leads=leads,
        )


@rewritten
def collected(booking: Booking, left_with: str) -> RegisterMark:
    """Mark a pupil as collected on an event's first date, whenever that is."""
    now, event = clock.now(), db.session.get_one(Event, booking.event_id)
    with transaction():
        row = RegisterMark(
            booking_id=booking.id,
            date_id=event.dates[0].id,
            arrival=Arrival.ARRIVED,
            arrival_at=now,
            departure=Departure.COLLECTED,
            departure_at=now,
            left_with=left_with,
        )
        db.session.add(row)
    return row
