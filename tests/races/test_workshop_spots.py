"""The last place at a workshop: two hosts and a late comer at once, and one of them gets it."""

from threading import Barrier

import pytest
from sqlalchemy import select

from booking.days.events.models import Event
from booking.days.groups import service as groups
from booking.days.groups.models import Workshop, WorkshopSpot
from booking.days.groups.queries import workshops
from booking.days.places.models import Booking
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import db, transaction
from tests.builders import events, schools
from tests.builders.groups import let_choose, offer_workshop, share_out
from tests.builders.rosters import expect_pupil
from tests.races.together import errors, together, writing

CROWD = 4


@pytest.fixture
def race(app, db_session):
    """An event shared out before its pupils came, with one place at its only workshop."""
    school, event = schools.make_school(), events.make_event(places=10, now=clock.now())
    workshop = offer_workshop(event, "Robots", 1)
    let_choose(event)
    share_out(event)
    ids = [expect_pupil(event=event, school=school).id for _ in range(CROWD)]
    facts = event.id, workshop.id, ids
    db_session.rollback()
    return facts


def there(workshop_id):
    db.session.rollback()
    found = select(WorkshopSpot).where(WorkshopSpot.workshop_id == workshop_id)
    return len(db.session.scalars(found).all())


def test_counting_first_and_writing_later_gives_one_place_to_many(app, race):
    event_id, workshop_id, ids = race
    gate = Barrier(CROWD)

    def naive(number, booking_id):
        def work():
            assert workshops.taken_by_workshop(event_id)[workshop_id] == 0
            db.session.rollback()
            gate.wait(30)
            with transaction():  # a row for each, as if places had no numbers
                spot = {"workshop_id": workshop_id, "half": 1, "number": number}
                db.session.add(WorkshopSpot(booking_id=booking_id, **spot))

        return work

    results = together(app, [naive(n, id_) for n, id_ in enumerate(ids, start=1)])

    assert errors(results) == []
    assert there(workshop_id) == CROWD


def moving(event_id, workshop_id, booking_id):
    return writing(
        lambda: groups.seating.place(
            actor=COMMAND,
            now=clock.now(),
            event=db.session.get_one(Event, event_id),
            booking=db.session.get_one(Booking, booking_id),
            chosen=[db.session.get_one(Workshop, workshop_id)],
        )
    )


def filling(event_id):
    return writing(
        lambda: groups.seating.fill(
            actor=COMMAND, now=clock.now(), event=db.session.get_one(Event, event_id)
        )
    )


def test_hand_moves_and_late_comers_at_once_fill_the_last_place_once(app, race):
    event_id, workshop_id, ids = race

    results = together(
        app, [*(moving(event_id, workshop_id, id_) for id_ in ids), filling(event_id)]
    )

    assert set(errors(results)) == {"WorkshopFull"}
    assert len(errors(results)) >= CROWD - 1
    assert there(workshop_id) == 1
