"""Both parents press at once: the place is taken again once, an objection and an answer are one."""

import pytest
from sqlalchemy import func, select

from booking.days.events.models import Event
from booking.days.places import service as place_service
from booking.days.places.models import Booking, Offer, Place
from booking.domain.booking_states import BookingState
from booking.domain.charging import FeeKind
from booking.domain.permissions import COMMAND, PARENT
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.money.checkout import service as checkout
from booking.money.checkout.models import Consent, Objection
from booking.people.pupils.details import ParentDetails
from booking.people.pupils.models import Parent
from booking.people.schools.models import School
from tests.builders import checkout as build
from tests.builders import places, schools
from tests.builders.pupils import make_pupil
from tests.races.together import errors, together, writing

PARENTS = [
    ParentDetails("Ngozi Mother", "ngozi@parents.example"),
    ParentDetails("Sam Father", "sam@parents.example"),
]


@pytest.fixture
def family(app, db_session) -> tuple[int, list[int]]:
    """A pupil of two parents with the one place of an event."""
    school = schools.make_school()
    event = build.make_fee_event(FeeKind.FREE, places=1)
    pupil = make_pupil(school=school, year_group=event.low_year, parents=PARENTS)
    booking_id = places.make_booking(event=event, school=school, pupil=pupil).id
    parent_ids = list(db.session.scalars(select(Parent.id).order_by(Parent.id)))
    db_session.rollback()
    return booking_id, parent_ids


def booking_of(booking_id):
    return db.session.get_one(Booking, booking_id)


def decline(booking_id, parent_id):
    return writing(
        lambda: checkout.decline(
            actor=PARENT, now=clock.now(), booking=booking_of(booking_id), parent_id=parent_id
        )
    )


def take_again(booking_id, parent_id):
    return writing(
        lambda: checkout.take_again(
            actor=PARENT, now=clock.now(), booking=booking_of(booking_id), parent_id=parent_id
        )
    )


def count(of, *conditions):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(of).where(*conditions))


def test_a_place_given_back_is_taken_again_once_by_whoever_presses(app, family):
    booking_id, (mother, father) = family
    decline(booking_id, father)()

    results = together(app, [take_again(booking_id, one) for one in (mother, father) * 2])

    assert errors(results) == []
    assert booking_of(booking_id).state is BookingState.INVITED
    assert count(Objection) == 1
    assert count(Message, Message.template == "invited") == 4


def test_both_decline_at_once_and_the_place_goes_once(app, family):
    booking_id, parents = family

    results = together(app, [decline(booking_id, one) for one in parents])

    assert errors(results) == ["NotInvited"]
    assert count(Consent) == 1
    assert count(Message, Message.template == "place_news") == 2


def test_an_objection_pressed_many_times_is_one(app, family):
    booking_id, (mother, _) = family

    def work():
        return checkout.raise_objection(
            actor=PARENT, now=clock.now(), booking=booking_of(booking_id), parent_id=mother
        ).id

    results = together(app, [writing(work)] * 4)

    assert errors(results) == []
    assert len(set(results)) == 1
    assert count(Objection) == 1


def test_one_answers_while_the_other_gives_back_and_both_hear_the_end_of_it(app, family):
    booking_id, (mother, father) = family
    with transaction():
        checkout.answer(
            actor=PARENT,
            now=clock.now(),
            booking=booking_of(booking_id),
            answers=build.answers(),
            parent_id=mother,
        )
    with transaction():
        booking = booking_of(booking_id)
        booking.event.venue = "Somewhere else"
        checkout.ask_where_overlooked(clock.now())
    db.session.rollback()

    def renew():
        booking = booking_of(booking_id)
        read = checkout.facts_digest(booking)
        return checkout.renew(
            actor=PARENT,
            now=clock.now(),
            booking=booking,
            given_by="Ngozi Mother",
            read=read,
            parent_id=mother,
        )

    results = together(app, [writing(renew), decline(booking_id, father)])

    assert errors(results) in ([], ["NotInvited"])
    db.session.rollback()
    assert booking_of(booking_id).state is BookingState.WITHDRAWN


def test_a_decline_is_undone_or_another_school_gets_the_place_and_never_both(app, family):
    booking_id, (mother, _) = family
    own_id, event_id = booking_of(booking_id).school_id, booking_of(booking_id).event_id
    other_id = schools.make_school().id
    db.session.rollback()
    decline(booking_id, mother)()

    def ask_for_it():
        return place_service.request_places(
            actor=COMMAND,
            now=clock.now(),
            event=db.session.get_one(Event, event_id),
            school=db.session.get_one(School, other_id),
            wanted=1,
            sure=True,
        )

    results = together(app, [take_again(booking_id, mother), writing(ask_for_it)])

    db.session.rollback()
    taken = booking_of(booking_id).state is BookingState.INVITED
    holder = db.session.scalar(select(Place.school_id).where(Place.event_id == event_id))
    offered = count(Offer, Offer.event_id == event_id, Offer.school_id == other_id)
    assert errors(results) == ([] if taken else ["NoPlaceFree"])
    assert holder == own_id if taken else holder == other_id or offered == 1
    assert not (taken and offered)
