"""Many schools, pupils and sweeps at once: places are never oversold, and nobody is skipped."""

from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select, text

from booking.days.events import service as event_service
from booking.days.events.models import Event, Sharing
from booking.days.places import queries as place_queries
from booking.days.places import service as places
from booking.days.places.models import Booking, Offer, OfferState, Place
from booking.domain.booking_states import SEATED, BookingState
from booking.domain.permissions import COMMAND, PARENT
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.people.pupils.models import Pupil
from booking.people.schools.models import School
from tests.builders import events, pupils, schools
from tests.builders import places as build
from tests.races.together import errors, together, writing

CROWD = 8


@pytest.fixture
def race(app, db_session):
    """An event of 3 places held by one school, with more pupils than places."""
    school = schools.make_school()
    event = events.make_event(places=3, now=clock.now())
    build.hold(event, school, 3)
    chosen = [pupils.make_pupil(school=school).id for _ in range(CROWD)]
    ids = event.id, school.id, chosen
    db_session.rollback()
    return ids


def naming(event_id, school_id, pupil_id):
    return writing(
        lambda: (
            places.name_pupil(
                actor=COMMAND,
                now=clock.now(),
                event=db.session.get_one(Event, event_id),
                school=db.session.get_one(School, school_id),
                pupil=db.session.get_one(Pupil, pupil_id),
            ).id
        )
    )


def naive(event_id, school_id, pupil_id, gate):
    """Look first and write later, as an application without our lock would."""

    def work():
        vacant = place_queries.vacant_places(event_id, school_id)[0].id
        db.session.rollback()
        gate.wait(30)
        with transaction():
            db.session.add(
                Booking(
                    event_id=event_id,
                    school_id=school_id,
                    pupil_id=pupil_id,
                    place_id=vacant,
                    state=BookingState.INVITED,
                )
            )

    return work


def seated(event_id):
    db.session.rollback()
    return db.session.scalar(
        select(func.count()).where(Booking.event_id == event_id, Booking.state.in_(SEATED))
    )


def test_without_lock_and_unique_place_the_same_place_is_given_many_times(app, race):
    event_id, school_id, chosen = race
    with transaction() as session:
        session.execute(text("DROP INDEX uq_bookings_seated_place"))
    gate = Barrier(CROWD)
    results = together(app, [naive(event_id, school_id, id_, gate) for id_ in chosen])
    assert errors(results) == []
    assert seated(event_id) == CROWD
    assert db.session.scalar(select(func.count(Booking.place_id.distinct()))) == 1


def test_the_database_alone_lets_one_pupil_sit_on_a_place(app, race):
    event_id, school_id, chosen = race
    gate = Barrier(CROWD)
    results = together(app, [naive(event_id, school_id, id_, gate) for id_ in chosen])
    assert errors(results) == ["IntegrityError"] * (CROWD - 1)
    assert seated(event_id) == 1


def test_many_pupils_named_at_once_fill_the_places_and_no_more(app, race):
    event_id, school_id, chosen = race
    results = together(app, [naming(event_id, school_id, id_) for id_ in chosen])
    assert errors(results) == ["MoreNamesThanPlaces"] * (CROWD - 3)
    assert seated(event_id) == 3


def test_one_pupil_named_many_times_at_once_is_named_once(app, race):
    event_id, school_id, chosen = race
    results = together(app, [naming(event_id, school_id, chosen[0])] * CROWD)
    assert errors(results) == ["NamedAlready"] * (CROWD - 1)
    assert seated(event_id) == 1


def test_one_pupil_named_at_two_events_of_the_same_day_goes_to_one(app, race):
    event_id, school_id, chosen = race
    first, school = db.session.get_one(Event, event_id), db.session.get_one(School, school_id)
    other = events.make_event(
        title="Chess day", dates=[events.one_date(first.first_starts_at)], now=clock.now()
    )
    build.hold(other, school, 3)
    other_id = other.id
    db.session.rollback()
    results = together(app, [naming(id_, school_id, chosen[0]) for id_ in (event_id, other_id)])
    assert errors(results) == ["ElsewhereThatDay"]
    assert seated(event_id) + seated(other_id) == 1


def test_first_come_requests_at_once_share_exactly_the_places_there_are(app, db_session):
    event = events.make_event(sharing=Sharing.FIRST_COME, places=10, cap_per_school=2)
    found = [schools.make_school().id for _ in range(CROWD)]
    event_id = event.id
    db_session.rollback()

    def ask(school_id):
        return writing(
            lambda: (
                places.request_places(
                    actor=COMMAND,
                    now=clock.now(),
                    event=db.session.get_one(Event, event_id),
                    school=db.session.get_one(School, school_id),
                    wanted=2,
                ).id
            )
        )

    # Each asks twice, as a double click would.
    results = together(app, [ask(school_id) for school_id in found * 2])
    assert errors(results) == []
    db.session.rollback()
    asked = place_queries.requests(event_id)
    assert sorted(request.arrival for request in asked) == list(range(1, CROWD + 1))
    served = [request.school_id for request in asked][:5]
    assert place_queries.held(event_id) == dict.fromkeys(served, 2)
    assert place_queries.free_places(event_id) == []


@pytest.fixture
def offered(app, db_session):
    """An event of one place: declined by the first school, offered to the second; a third waits."""
    three = [schools.make_school() for _ in range(3)]
    event = events.make_event(places=1, now=clock.now())
    build.allot(event, {three[0]: 1})
    for school in three[1:]:
        build.ask(event, school, 1)
    booking = build.name(event, three[0])
    with transaction():
        places.decline(actor=PARENT, now=clock.now(), booking=booking)
    [offer] = db.session.scalars(select(Offer)).all()
    facts = event.id, offer.id, offer.school_id, offer.expires_at
    db_session.rollback()
    return facts


@pytest.mark.parametrize("attempt", range(3))
def test_an_offer_accepted_as_it_expires_goes_to_exactly_one_school(app, offered, attempt):
    event_id, offer_id, school_id, expires_at = offered

    def accept():
        places.accept_offer(
            actor=COMMAND,
            now=expires_at - timedelta(seconds=1),
            offer=db.session.get_one(Offer, offer_id),
        )

    works = [writing(accept)] * 3 + [writing(lambda: places.expire_offers(expires_at))] * 3
    results = together(app, works)
    db.session.rollback()
    state = db.session.get_one(Offer, offer_id).state
    waiting = db.session.scalars(select(Offer).where(Offer.state == OfferState.OPEN)).all()
    assert set(errors(results)) <= {"OfferOver"}
    if state is OfferState.ACCEPTED:
        assert place_queries.held(event_id) == {school_id: 1}
        assert waiting == []
    else:
        assert state is OfferState.EXPIRED
        assert place_queries.held(event_id) == {}
        assert len(waiting) == 1
        assert waiting[0].school_id != school_id


def test_sweeps_at_once_let_each_invitation_lapse_once_and_offer_its_place_once(app, race):
    event_id, school_id, chosen = race
    event, school = db.session.get_one(Event, event_id), db.session.get_one(School, school_id)
    build.ask(event, schools.make_school(), 3)
    for pupil_id in chosen[:3]:
        named = build.name(event, school, db.session.get_one(Pupil, pupil_id))
        with transaction():
            build.tell(named)
    later = clock.now() + timedelta(days=20)
    db.session.rollback()
    results = together(app, [writing(lambda: places.lapse_overdue(later))] * 4)
    assert errors(results) == []
    assert sum(results) == 3
    db.session.rollback()
    assert db.session.scalar(select(func.count(Offer.id))) == 3
    assert db.session.scalar(select(func.count(Offer.place_id.distinct()))) == 3


def test_a_pupil_withdrawn_twice_and_lapsing_at_once_gives_one_place_back(app, race):
    event_id, school_id, chosen = race
    event, school = db.session.get_one(Event, event_id), db.session.get_one(School, school_id)
    booking = build.name(event, school, db.session.get_one(Pupil, chosen[0]))
    with transaction():
        build.tell(booking)
    reserves = [build.reserve(event, school).id for _ in range(3)]
    booking_id, reply_by_at = booking.id, booking.reply_by_at
    db.session.rollback()

    def withdraw():
        places.withdraw(
            actor=COMMAND, now=clock.now(), booking=db.session.get_one(Booking, booking_id)
        )

    works = [writing(withdraw)] * 3 + [writing(lambda: places.lapse_overdue(reply_by_at))] * 3
    results = together(app, works)
    db.session.rollback()
    assert set(errors(results)) <= {"MoveNotAllowed"}
    states = [db.session.get_one(Booking, id_).state for id_ in reserves]
    assert states == [BookingState.INVITED, BookingState.RESERVE, BookingState.RESERVE]
    assert seated(event_id) == 1


def test_places_taken_away_while_they_are_asked_for_stay_whole(app, db_session):
    event = events.make_event(sharing=Sharing.FIRST_COME, places=6, cap_per_school=2)
    school_ids = [schools.make_school().id for _ in range(3)]
    event_id = event.id
    db_session.rollback()

    def shrink():
        found = db.session.get_one(Event, event_id)
        event_service.change(
            actor=COMMAND,
            now=clock.now(),
            event=found,
            details=replace(event_service.details_of(found), places=3),
        )

    def ask(school_id):
        return lambda: places.request_places(
            actor=COMMAND,
            now=clock.now(),
            event=db.session.get_one(Event, event_id),
            school=db.session.get_one(School, school_id),
            wanted=2,
        )

    results = together(app, [writing(shrink), *(writing(ask(id_)) for id_ in school_ids)])
    assert set(errors(results)) <= {"EventRefused"}
    db.session.rollback()
    found = db.session.get_one(Event, event_id)
    existing = db.session.scalar(
        select(func.count()).where(Place.event_id == event_id, Place.removed_at.is_(None))
    )
    assert existing == found.places
    assert sum(place_queries.held(event_id).values()) == found.places
