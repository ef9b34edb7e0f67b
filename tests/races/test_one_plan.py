"""Many clicks on "Accept this plan" at once: one record, no place twice; plans against rounds."""

from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import text

from booking.days.allocation import service as allocation
from booking.days.events.models import Event
from booking.days.places import queries as place_queries
from booking.days.seasons import service as season_service
from booking.days.seasons.models import PlanRecord, SeasonPlan, Wish
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.people.pupils.models import Pupil
from booking.people.schools.models import School
from tests.builders import places as build_places
from tests.builders import schools, seasons
from tests.builders.seasons import some
from tests.builders.stored import count
from tests.races.together import errors, together, writing

CROWD = 6


@pytest.fixture
def race(app, db_session):
    """A plan over two days of 3 places for which 8 pupils of two schools wish; it is worked out."""
    events = seasons.make_events(3, 3)
    plan = seasons.open_plan(events)
    for _ in range(2):
        school = schools.make_school()
        schools.make_person(role=Role.COORDINATOR, school=school)
        seasons.wish(plan, school, dict.fromkeys(some(school, 4), events))
    now = seasons.after_deadline(plan)
    plan_id, digest = plan.id, seasons.propose(plan, now=now).digest
    ids = plan_id, [event.id for event in events], digest, now
    db_session.rollback()
    return ids


def accepting(plan_id, digest, now):
    return writing(
        lambda: (
            season_service.accept(
                actor=COMMAND, now=now, plan=db.session.get_one(SeasonPlan, plan_id), digest=digest
            ).digest
        )
    )


def naive(plan_id, gate):
    """Look first and write later, as an application without our lock would."""

    def work():
        plan = db.session.get_one(SeasonPlan, plan_id)
        assert plan.state == "open"
        db.session.rollback()
        gate.wait(30)
        with transaction():
            db.session.add(PlanRecord(plan_id=plan_id, record="{}", digest="0", published="{}"))

    return work


def without_unique_record(engine_kind):
    """Let a plan have any number of records."""
    with transaction() as session:
        if engine_kind == "postgresql":
            session.execute(
                text(
                    "ALTER TABLE season_plan_records DROP CONSTRAINT uq_season_plan_records_plan_id"
                )
            )
            return
        session.execute(text("DROP TABLE season_plan_records"))
        session.execute(
            text(
                "CREATE TABLE season_plan_records (id INTEGER PRIMARY KEY, plan_id INTEGER, "
                "record TEXT, digest TEXT, published TEXT, accepted_at DATETIME, "
                "accepted_by_id INTEGER)"
            )
        )


def test_without_lock_and_unique_record_a_plan_is_accepted_many_times(app, race, engine_kind):
    without_unique_record(engine_kind)
    gate = Barrier(CROWD)
    results = together(app, [naive(race[0], gate)] * CROWD)
    assert errors(results) == []
    assert count(PlanRecord) == CROWD


def test_the_database_alone_keeps_one_record(app, race):
    gate = Barrier(CROWD)
    results = together(app, [naive(race[0], gate)] * CROWD)
    assert len(errors(results)) == CROWD - 1
    assert count(PlanRecord) == 1


def test_a_plan_accepted_many_times_at_once_is_accepted_once(app, race):
    plan_id, event_ids, digest, now = race
    results = together(app, [accepting(plan_id, digest, now)] * CROWD)
    assert errors(results) == ["AlreadyAccepted"] * (CROWD - 1)
    assert count(PlanRecord) == 1
    assert [sum(place_queries.held(id_).values()) for id_ in event_ids] == [3, 3]
    assert count(AuditEntry, AuditEntry.action == "share_as_planned") == 2
    assert count(Message, Message.template == "plan_accepted") == 2
    assert list(season_service.problems()) == []


def test_wishes_that_come_while_a_plan_is_accepted_are_in_it_or_refused(app, race):
    plan_id, event_ids, _, _ = race
    plan = db.session.get_one(SeasonPlan, plan_id)
    with transaction():
        season_service.extend(
            actor=COMMAND,
            now=clock.now(),
            plan=plan,
            wishes_close_at=plan.wishes_close_at + timedelta(days=1),
        )
    school = schools.make_school()
    pupil_ids = [pupil.id for pupil in some(school, CROWD)]
    school_id, closes_at = school.id, plan.wishes_close_at
    now, digest = closes_at + timedelta(minutes=1), ""
    digest = seasons.propose(plan, now=now).digest
    before = count(Wish)

    def wishing(pupil_id):
        def unit():
            events = [db.session.get_one(Event, id_) for id_ in event_ids]
            return season_service.enter_wishes(
                actor=COMMAND,
                now=closes_at - timedelta(minutes=1),
                plan=db.session.get_one(SeasonPlan, plan_id),
                school=db.session.get_one(School, school_id),
                answers=[
                    season_service.PupilWishes(
                        db.session.get_one(Pupil, pupil_id), tuple(e.slug for e in events)
                    )
                ],
            )

        return writing(unit)

    results = together(app, [accepting(plan_id, digest, now), *map(wishing, pupil_ids)])

    found = errors(results)
    assert set(found) <= {"AlreadyAccepted", "ChangedMeanwhile"}
    entered = count(Wish) - before
    if "ChangedMeanwhile" in found:
        assert count(PlanRecord) == 0
        assert entered == 2 * CROWD
    else:
        assert (count(PlanRecord), entered) == (1, 0)
        assert found == ["AlreadyAccepted"] * CROWD
    assert list(season_service.problems()) == []


def test_the_same_pupil_entered_many_times_at_once_has_one_row(app, race):
    plan_id, event_ids, _, _ = race
    school = schools.make_school()
    [pupil] = some(school, 1)
    pupil_id, school_id = pupil.id, school.id
    db.session.rollback()

    def unit():
        events = [db.session.get_one(Event, id_) for id_ in event_ids]
        return season_service.enter_wishes(
            actor=COMMAND,
            now=clock.now(),
            plan=db.session.get_one(SeasonPlan, plan_id),
            school=db.session.get_one(School, school_id),
            answers=[
                season_service.PupilWishes(
                    db.session.get_one(Pupil, pupil_id), tuple(e.slug for e in events)
                )
            ],
        )

    results = together(app, [writing(unit)] * CROWD)
    assert errors(results) == []
    assert sum(results) == 1


def test_an_event_goes_into_a_plan_or_into_a_round_never_both(app, db_session):
    events = seasons.make_events(3, 3)
    school = schools.make_school()
    build_places.ask(events[0], school, 2)
    closes_at = events[0].requests_close_at
    ids = [event.id for event in events]
    days = [event.first_starts_at.date() for event in events]
    slugs = tuple(event.slug for event in events)
    db_session.rollback()

    def opening():
        return season_service.open_plan(
            actor=COMMAND,
            now=closes_at - timedelta(minutes=1),
            details=season_service.PlanDetails(
                "Spring", days[0], days[1], slugs, closes_at + timedelta(hours=1)
            ),
        ).slug

    def running():
        return allocation.run(
            actor=COMMAND,
            now=closes_at + timedelta(minutes=1),
            event=db.session.get_one(Event, ids[0]),
        ).digest

    results = together(app, [writing(opening), writing(running)] * (CROWD // 2))

    db.session.rollback()
    planned = seasons.is_planned(db.session.get_one(Event, ids[0]))
    assert planned != place_queries.is_shared(ids[0])
    assert len(errors(results)) == CROWD - 1
