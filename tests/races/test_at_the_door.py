"""Two phones at the door: one child is written down once, and a last place is filled once."""

from threading import Barrier

import pytest
from sqlalchemy import select

from booking.days.events.models import Event
from booking.domain.permissions import COMMAND
from booking.foundation.db import db, transaction
from booking.on_the_day.walk_ins import queries as walk_in_queries
from booking.on_the_day.walk_ins import service as walk_ins
from booking.on_the_day.walk_ins.models import WalkIn
from booking.people.schools.models import School
from tests.builders import events, places, schools
from tests.builders.rosters import expect_pupil
from tests.races.together import errors, together, writing

CROWD = 4


@pytest.fixture
def race(app, db_session):
    """An event at which a school has one pupil, and one place without a pupil."""
    school, event = schools.make_school(), events.make_event(places=10)
    expect_pupil(event=event, school=school)
    places.hold(event, school, 1)
    facts = event.id, school.id
    db_session.rollback()
    return facts


def written_down():
    db.session.rollback()
    return list(db.session.scalars(select(WalkIn)))


def letting_in(event_id, school_id, name):
    def work():
        event = db.session.get_one(Event, event_id)
        day = event.dates[0]
        return walk_ins.add(
            actor=COMMAND,
            now=day.starts_at,
            event=event,
            day=day,
            school=db.session.get_one(School, school_id),
            name=name,
        ).id

    return writing(work)


def test_looking_first_and_writing_later_fills_one_place_with_many(app, race):
    event_id, school_id = race
    gate = Barrier(CROWD)

    def naive(number):
        def work():
            date_id = db.session.get_one(Event, event_id).dates[0].id
            assert len(walk_in_queries.vacant(event_id, school_id, date_id)) == 1
            assert walk_in_queries.same(date_id, school_id, "ada lane") is None
            db.session.rollback()
            gate.wait(30)
            with transaction():  # as if neither place nor name were compared by the database
                row = {"name": "Ada Lane", "folded": f"ada lane {number}", "reason": "None"}
                db.session.add(
                    WalkIn(event_id=event_id, date_id=date_id, school_id=school_id, **row)
                )

        return work

    assert errors(together(app, [naive(number) for number in range(CROWD)])) == []
    assert len(written_down()) == CROWD


def test_the_same_child_is_written_down_once(app, race):
    names = ["Ada Lane", "ada lane", "Ada  LANE", " Ada Lane"]

    results = together(app, [letting_in(*race, name) for name in names])

    [one] = written_down()
    assert results == [one.id] * CROWD
    assert one.place_id is not None


def test_the_last_place_is_filled_once_and_the_others_need_a_reason(app, race):
    names = ["Ada Lane", "Ben Lane", "Cara Lane", "Dan Lane"]

    results = together(app, [letting_in(*race, name) for name in names])

    assert errors(results) == ["OverThePlaces"] * (CROWD - 1)
    assert len(written_down()) == 1
