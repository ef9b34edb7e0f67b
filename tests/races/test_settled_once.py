"""Two people settle where a pupil is, or begin the search for one, at the same time: one does."""

from datetime import datetime, time
from threading import Barrier

import pytest
from sqlalchemy import select

from booking.days.events.models import EventDate
from booking.days.places import locks as place_locks
from booking.days.places.models import Booking
from booking.domain.incidents import IncidentKind
from booking.domain.permissions import Role
from booking.domain.registering import Arrival, Aspect
from booking.foundation.clock import LONDON
from booking.foundation.db import db, transaction
from booking.on_the_day.incidents import queries as incident_queries
from booking.on_the_day.incidents import service as incidents
from booking.on_the_day.incidents.details import IncidentFacts
from booking.on_the_day.incidents.models import Incident
from booking.on_the_day.incidents.service import searching
from booking.on_the_day.rosters import service as roster_service
from booking.on_the_day.rosters.models import RegisterMark, RegisterTap
from tests.builders import events, rosters, schools
from tests.races.together import PATIENCE_SECONDS, errors, together, writing

DAY = datetime(2027, 6, 11, 9, 15, tzinfo=LONDON)
NOON = datetime.combine(DAY.date(), time(12), tzinfo=LONDON)
CROWD = 4


@pytest.fixture
def missed(app, db_session):
    """A pupil who has not come; the ids of the date, the booking and a host's teacher."""
    host = schools.make_school()
    event = events.make_event(host=host, dates=[events.one_date(DAY)])
    booking = rosters.expect_pupil(event=event, school=schools.make_school())
    teacher = schools.actor_of(schools.make_person(role=Role.HOST, school=host))
    found = event.dates[0].id, booking.id, teacher
    db_session.rollback()
    return found


def settle(missed, arrival):
    date_id, booking_id, actor = missed

    def work():
        return incidents.settle(
            actor=actor,
            now=NOON,
            day=db.session.get_one(EventDate, date_id),
            booking=db.session.get_one(Booking, booking_id),
            arrival=arrival,
        ).id

    return writing(work)


def search(missed):
    date_id, booking_id, actor = missed

    def work():
        return incidents.start_search(
            actor=actor,
            now=NOON,
            event=db.session.get_one(EventDate, date_id).event,
            booking_ids=[booking_id],
            happened=IncidentFacts(NOON, "By the gate"),
        ).id

    return writing(work)


def rows(model):
    db.session.rollback()
    return list(db.session.scalars(select(model)))


def naive(missed, arrival, gate):
    """Look first and mark later, as an application without our lock would."""
    date_id, booking_id, actor = missed

    def work():
        day = db.session.get_one(EventDate, date_id)
        waiting = [one.id for one in incident_queries.unexplained(day.event_id, day.id)]
        db.session.rollback()
        gate.wait(PATIENCE_SECONDS)
        assert waiting == [booking_id]
        with transaction():
            roster_service.mark(
                actor=actor,
                now=NOON,
                day=db.session.get_one(EventDate, date_id),
                booking=db.session.get_one(Booking, booking_id),
                aspect=Aspect.ARRIVAL,
                mark=arrival,
            )

    return work


def test_without_the_lock_one_mark_overwrites_the_other(app, missed):
    gate = Barrier(2)

    together(app, [naive(missed, a, gate) for a in (Arrival.LATE, Arrival.ABSENT_REPORTED)])

    assert len(rows(RegisterTap)) == 2


def test_where_a_pupil_is_is_settled_once_and_the_others_look_again(app, missed):
    arrivals = [Arrival.LATE, Arrival.ABSENT_REPORTED] * 2

    results = together(app, [settle(missed, arrival) for arrival in arrivals])

    assert errors(results) == ["Settled"] * 3
    [mark], [tap] = rows(RegisterMark), rows(RegisterTap)
    won = next(n for n, result in enumerate(results) if not isinstance(result, Exception))
    assert (mark.arrival, tap.mark) == (arrivals[won], arrivals[won])


def test_a_search_begins_once(app, missed):
    results = together(app, [search(missed)] * CROWD)

    assert errors(results) == ["AlreadyMissing"] * (CROWD - 1)
    assert [found.kind for found in rows(Incident)] == [IncidentKind.MISSING]


@pytest.mark.postgres
def test_without_the_lock_each_begins_a_search(app, missed, monkeypatch):
    gate = Barrier(CROWD)
    look = incident_queries.open_search

    def look_and_wait(booking_ids):
        found = look(booking_ids)
        gate.wait(PATIENCE_SECONDS)
        return found

    monkeypatch.setattr(place_locks, "bookings", _unlocked)
    monkeypatch.setattr(searching.queries, "open_search", look_and_wait)

    results = together(app, [search(missed)] * CROWD)

    assert errors(results) == []
    assert len(rows(Incident)) == CROWD


def _unlocked(booking_ids):
    return list(db.session.scalars(select(Booking).where(Booking.id.in_(booking_ids))))
