"""A family in the demonstration with two pupils and three places to pay for together."""

import re
from datetime import datetime, timedelta

from sqlalchemy import select

from booking.cli.demo.world import World
from booking.days.events.models import Event, EventState
from booking.days.places import service as places
from booking.days.places.models import Booking
from booking.domain.booking_states import SEATED
from booking.domain.needs import Diet, PhotoPermission
from booking.domain.permissions import PARENT
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.money.checkout import service as checkout
from booking.people.pupils import service as pupils
from booking.people.pupils.details import ParentDetails
from booking.people.pupils.models import Pupil
from booking.people.schools.models import School
from booking.people.schools.scene import Diary, at

#: How many days ago they came: they have answered, and still have time to pay.
ARRIVED = 1
CHARGED, CONTRIBUTED = "Electronics Saturday", "Code breakers"
SURNAME = "Oliveira"
ELDER, YOUNGER = ("Leonor", 8), ("Tomás", 7)
PARENT_OF_BOTH = ParentDetails(
    f"Marta {SURNAME}", "marta.oliveira@families.example", "+447700900417"
)
LINK = re.compile(r"https?://\S+/parent/\S+")


class Siblings:
    """Two pupils who have just moved here, and a parent who has answered but not paid yet."""

    def __init__(self, world: World) -> None:
        self.world = world
        #: The private link in the mail about the first place.
        self.link = ""

    def put_into(self, diary: Diary) -> None:
        """Put their arrival in the diary."""
        diary.put(at(self.world.scene.today - timedelta(days=ARRIVED)), self.come)

    def come(self, now: datetime) -> None:
        """Name them instead of other pupils; the parent answers at once."""
        school_id = self._school_id(now)
        elder, younger = (self._add(school_id, *pupil, now) for pupil in (ELDER, YOUNGER))
        for pupil_id, title in ((elder, CHARGED), (younger, CHARGED), (elder, CONTRIBUTED)):
            other = next(iter(self._named(school_id, title, now)), None)
            if other is not None:
                booking_id = self._swap(other, pupil_id, now)
                self.link = self.link or self._link_in_mail()
                self._answer(booking_id, now)

    def _school_id(self, now: datetime) -> int:
        """Return the school with both years that holds the most of the three places."""
        teaching = [
            school
            for school in self.world.scene.schools.values()
            if school.low_year <= YOUNGER[1] and school.high_year >= ELDER[1]
        ]

        def held(school: School) -> int:
            charged = self._named(school.id, CHARGED, now)[:2]
            return len(charged + self._named(school.id, CONTRIBUTED, now)[:1])

        return max(teaching, key=held).id

    def _named(self, school_id: int, title: str, now: datetime) -> list[int]:
        """Return the bookings of other families' pupils at a coming event."""
        named = (
            select(Booking.id)
            .join(Booking.event)
            .join(Booking.pupil)
            .where(
                Event.title == title,
                Event.state == EventState.PUBLISHED,
                Event.first_starts_at > now,
                Booking.school_id == school_id,
                Booking.state.in_(SEATED),
                Pupil.surname != SURNAME,
            )
            .order_by(Booking.id)
        )
        return list(db.session.scalars(named))

    def _add(self, school_id: int, forename: str, year_group: int, now: datetime) -> int:
        with transaction() as unit:
            school = unit.get_one(School, school_id)
            pupil = pupils.add_pupil(
                actor=self.world.scene.coordinator_of(school),
                now=now,
                school=school,
                forename=forename,
                surname=SURNAME,
                year_group=year_group,
                parents=[PARENT_OF_BOTH],
            )
            unit.flush()
            return pupil.id

    def _swap(self, booking_id: int, pupil_id: int, now: datetime) -> int:
        with transaction() as unit:
            booking = unit.get_one(Booking, booking_id)
            named = places.swap_pupil(
                actor=self.world.scene.coordinator_of(booking.school),
                now=now,
                booking=booking,
                pupil=unit.get_one(Pupil, pupil_id),
            )
            return named.id

    def _link_in_mail(self) -> str:
        """Return the private link from the parent's newest mail, as they would find it."""
        to_parent = select(Message).where(Message.recipient == PARENT_OF_BOTH.email)
        mail = db.session.scalars(to_parent.order_by(Message.id.desc())).first()
        found = LINK.search(mail.text or "") if mail else None
        return found[0] if found else ""

    def _answer(self, booking_id: int, now: datetime) -> None:
        with transaction():
            booking = db.session.get_one(Booking, booking_id)
            checkout.answer(
                actor=PARENT,
                now=now,
                booking=booking,
                parent_id=booking.pupil.parents[0].id,
                answers=checkout.Answers(
                    given_by=PARENT_OF_BOTH.name,
                    emergency_name=PARENT_OF_BOTH.name,
                    emergency_phone=PARENT_OF_BOTH.phone,
                    diets=[Diet.VEGETARIAN],
                    photo=PhotoPermission.SCHOOL_USE,
                ),
            )
