"""Two families in the demonstration without an e-mail address: one has its letter, one has not."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from booking.cli.demo.world import World
from booking.days.events.models import Event, EventState
from booking.days.places import service as places
from booking.days.places.models import Booking
from booking.domain.booking_states import BookingState
from booking.foundation.db import db, transaction
from booking.people.pupils import service as pupils
from booking.people.pupils.details import ParentDetails
from booking.people.schools.models import School
from booking.people.schools.scene import Diary, at

#: How many days ago they came.
ARRIVED = 1
FAMILIES = (
    ("Efa", "Prosser", ParentDetails("Nia Prosser", "", "+447700900418")),
    ("Ioan", "Hale", ParentDetails("Dafydd Hale", "", "")),
)


class OnPaper:
    """Two pupils of one school, named for a coming event instead of two others."""

    def __init__(self, world: World) -> None:
        self.world = world

    def put_into(self, diary: Diary) -> None:
        """Put their arrival in the diary."""
        diary.put(at(self.world.scene.today - timedelta(days=ARRIVED)), self.come)

    def come(self, now: datetime) -> None:
        """Name both; the first family is given its letter at once."""
        for number, booking_id in enumerate(self._to_swap(now)):
            with transaction() as unit:
                before = unit.get_one(Booking, booking_id)
                school = unit.get_one(School, before.school_id)
                actor = self.world.scene.coordinator_of(school)
                forename, surname, parent = FAMILIES[number]
                pupil = pupils.add_pupil(
                    actor=actor,
                    now=now,
                    school=school,
                    forename=forename,
                    surname=surname,
                    year_group=max(before.event.low_year, school.low_year),
                    parents=[parent],
                )
                named = places.swap_pupil(actor=actor, now=now, booking=before, pupil=pupil)
                if number == 0:
                    places.ask_on_paper(
                        actor=actor, now=now, event_id=named.event_id, booking_ids=[named.id]
                    )

    def _to_swap(self, now: datetime) -> list[int]:
        """Return two bookings of one school that are not answered yet, at the next such event."""
        waiting = (
            Booking.state == BookingState.INVITED,
            Event.state == EventState.PUBLISHED,
            Event.first_starts_at > now + timedelta(days=7),
        )
        found = db.session.execute(
            select(Booking.event_id, Booking.school_id)
            .join(Event, Event.id == Booking.event_id)
            .where(*waiting)
            .group_by(Booking.event_id, Booking.school_id, Event.first_starts_at)
            .having(func.count() >= len(FAMILIES))
            .order_by(Event.first_starts_at, Booking.school_id)
        ).first()
        if found is None:
            return []
        at_event = (Booking.event_id == found.event_id, Booking.school_id == found.school_id)
        invited = Booking.state == BookingState.INVITED
        ids = select(Booking.id).where(*at_event, invited).order_by(Booking.id)
        return list(db.session.scalars(ids.limit(len(FAMILIES))))
