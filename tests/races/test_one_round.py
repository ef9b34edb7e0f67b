"""Many clicks on "Run the round" at once: one round, one record, no place twice."""

from threading import Barrier

import pytest
from sqlalchemy import func, select, text

from booking.days.allocation import service as allocation
from booking.days.allocation.models import Round
from booking.days.events.models import Event, Sharing
from booking.days.places import queries as place_queries
from booking.days.places import service as places
from booking.days.places.models import Place
from booking.domain.allocation import record, share
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.people.schools.models import School
from tests.builders import allocation as build
from tests.builders import events, schools
from tests.races.together import errors, together, writing

CROWD = 6
PLACES = 10


@pytest.fixture
def race(app, db_session):
    """An event of 10 places for which four schools ask for 16; requests have closed."""
    event = events.make_event(places=PLACES, now=clock.now())
    asking = [schools.make_school() for _ in range(4)]
    for school in asking:
        schools.make_person(role=Role.COORDINATOR, school=school)
    build.ask_all(event, asking, (2, 3, 5, 6))
    ids = event.id, build.after_deadline(event)
    db_session.rollback()
    return ids


def running(event_id, now):
    return writing(
        lambda: (
            allocation.run(actor=COMMAND, now=now, event=db.session.get_one(Event, event_id)).digest
        )
    )


def naive(event_id, gate):
    """Look first and write later, as an application without our lock would."""

    def work():
        round_ = place_queries.round_of(db.session.get_one(Event, event_id))
        result = record.record(round_, share.allot(round_))
        assert db.session.scalar(select(func.count(Round.id))) == 0
        db.session.rollback()
        gate.wait(30)
        with transaction():
            stored = record.to_bytes(result).decode()
            db.session.add(Round(event_id=event_id, record=stored, digest=result["sha256"]))

    return work


def rounds():
    db.session.rollback()
    return db.session.scalar(select(func.count(Round.id)))


def without_unique_round(engine_kind):
    """Let an event have any number of rounds."""
    with transaction() as session:
        if engine_kind == "postgresql":
            session.execute(text("ALTER TABLE rounds DROP CONSTRAINT uq_rounds_event_id"))
            return
        session.execute(text("DROP TABLE rounds"))
        session.execute(
            text(
                "CREATE TABLE rounds (id INTEGER PRIMARY KEY, event_id INTEGER, record TEXT, "
                "digest TEXT, run_by_id INTEGER, run_at DATETIME)"
            )
        )


def test_without_lock_and_unique_event_a_round_is_run_many_times(app, race, engine_kind):
    event_id, _ = race
    without_unique_round(engine_kind)
    gate = Barrier(CROWD)
    results = together(app, [naive(event_id, gate)] * CROWD)
    assert errors(results) == []
    assert rounds() == CROWD


def test_the_database_alone_keeps_one_round(app, race):
    event_id, _ = race
    gate = Barrier(CROWD)
    results = together(app, [naive(event_id, gate)] * CROWD)
    assert errors(results) == ["IntegrityError"] * (CROWD - 1)
    assert rounds() == 1


def test_a_round_run_many_times_at_once_is_run_once_and_no_place_is_given_twice(app, race):
    event_id, now = race
    results = together(app, [running(event_id, now)] * CROWD)
    assert errors(results) == ["AlreadyRun"] * (CROWD - 1)
    assert rounds() == 1
    assert sum(place_queries.held(event_id).values()) == PLACES
    allotted = select(func.count(AuditEntry.id)).where(AuditEntry.action == "allot_places")
    assert db.session.scalar(allotted) == 1
    assert db.session.scalar(select(func.count(Message.id))) == 4
    assert list(allocation.problems()) == []


def test_requests_that_arrive_while_the_round_runs_are_in_it_or_in_the_line(app, race):
    event_id, now = race
    late = [schools.make_school().id for _ in range(CROWD)]
    db.session.rollback()

    def asking(school_id):
        return writing(
            lambda: (
                places.request_places(
                    actor=COMMAND,
                    now=now,
                    event=db.session.get_one(Event, event_id),
                    school=db.session.get_one(School, school_id),
                    wanted=2,
                ).id
            )
        )

    results = together(app, [running(event_id, now), *map(asking, late)])
    assert errors(results) == []
    assert list(allocation.problems()) == []
    held = place_queries.held(event_id)
    assert sum(held.values()) == PLACES
    assert set(late).isdisjoint(held), "who asks late stands behind those who asked in time"
    waiting = place_queries.line_of(db.session.get_one(Event, event_id)).next_schools()
    assert set(late) <= set(waiting)


def test_quotas_set_at_once_never_keep_more_places_than_there_are(app, db_session):
    event = events.make_event(places=PLACES, sharing=Sharing.SET_QUOTAS, now=clock.now())
    found = [schools.make_school() for _ in range(CROWD)]
    event_id, slugs = event.id, [school.slug for school in found]
    db_session.rollback()

    def keeping(slug):
        return writing(
            lambda: (
                allocation.set_quotas(
                    actor=COMMAND,
                    now=clock.now(),
                    event=db.session.get_one(Event, event_id),
                    quotas={slug: 4},
                )
                and None
            )
        )

    results = together(app, [keeping(slug) for slug in slugs])
    assert errors(results) == ["QuotasAbovePlaces"] * (CROWD - 2)
    db.session.rollback()
    kept = select(func.count(Place.id)).where(Place.school_id.is_not(None))
    assert db.session.scalar(kept) == 8
