"""A school asks while another's page reads the line: both get their pages."""

from contextlib import nullcontext

import pytest

from booking.days.events.models import Event, Sharing
from booking.days.places import queries as place_queries
from booking.days.places import service as places
from booking.days.places.queries import counts, line
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import db
from booking.people.schools.models import School
from tests.builders import events, schools
from tests.builders import places as build
from tests.races.together import errors, together, writing


@pytest.fixture
def asked(app, db_session):
    """An event of one place, held by the first of three schools; the second waits in line."""
    event = events.make_event(sharing=Sharing.FIRST_COME, places=1, now=clock.now())
    first, second, third = (schools.make_school() for _ in range(3))
    for school in (first, second):
        build.ask(event, school, 1)
    ids = event.id, second.id, third.id
    db_session.rollback()
    return ids


def another_asks(app, event_id, school_id):
    """Ask as a school in a separate transaction and connection, and wait until it is saved."""

    def ask():
        places.request_places(
            actor=COMMAND,
            now=clock.now(),
            event=db.session.get_one(Event, event_id),
            school=db.session.get_one(School, school_id),
            wanted=1,
        )

    assert errors(together(app, [writing(ask)])) == []


def test_requests_read_twice_may_be_of_more_schools_the_second_time(app, asked):
    event_id, _second, third = asked
    event = db.session.get_one(Event, event_id)

    before = place_queries.requests(event_id)
    another_asks(app, event_id, third)
    torn = line.WaitingLine(
        round_=place_queries.round_of(event),
        held={},
        wanted={},
        school_ids={request.school.slug: request.school_id for request in before},
    )

    # In SQLite a transaction reads one state of the database; in PostgreSQL each statement reads
    # the newest.
    is_postgresql = db.engine.dialect.name == "postgresql"
    with pytest.raises(KeyError) if is_postgresql else nullcontext():
        torn.next_schools()


def test_a_line_that_is_read_while_a_school_asks_is_whole(app, asked, monkeypatch):
    event_id, second, third = asked
    event, held, still_to_ask = db.session.get_one(Event, event_id), counts.held, [third]

    def held_meanwhile(*arguments):
        while still_to_ask:
            another_asks(app, event_id, still_to_ask.pop())
        return held(*arguments)

    monkeypatch.setattr(counts, "held", held_meanwhile)

    assert place_queries.line_of(event).next_schools() == [second]
    db.session.rollback()
    assert place_queries.line_of(db.session.get_one(Event, event_id)).next_schools() == [
        second,
        third,
    ]
