"""Two hosts close a day at once: it is closed once, and the other is told who was quicker."""

import pytest
from sqlalchemy import func, select

from booking.days.events.models import Event
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import db
from booking.on_the_day.closing import locks as closing_locks
from booking.on_the_day.closing import queries as closing_queries
from booking.on_the_day.closing import service as closing
from booking.on_the_day.closing.models import DayClosing
from tests.builders import events
from tests.builders.events import one_date
from tests.features.on_the_day.conftest import DAY, at
from tests.races.together import errors, meeting, together, writing

CROWD = 4


@pytest.fixture
def event_id(app, db_session, time_machine):
    """An event that is over, and nothing left to do."""
    found = events.make_event(dates=[one_date(DAY)]).id
    time_machine.move_to(at(0, 16), tick=False)
    db_session.rollback()
    return found


def closing_it(event_id):
    return writing(
        lambda: (
            closing.close(
                actor=COMMAND, now=clock.now(), event=db.session.get_one(Event, event_id)
            ).id
        )
    )


def closings():
    db.session.rollback()
    return db.session.scalar(select(func.count(DayClosing.id)))


@pytest.mark.postgres
def test_without_the_lock_only_the_index_keeps_a_day_from_being_closed_twice(
    app, event_id, monkeypatch
):
    monkeypatch.setattr(closing_locks, "day", lambda event_id: db.session.get_one(Event, event_id))
    looked = meeting(closing_queries.standing, CROWD)
    monkeypatch.setattr(closing_queries, "standing", looked)

    results = together(app, [closing_it(event_id) for _ in range(CROWD)])

    assert errors(results) == ["IntegrityError"] * (CROWD - 1)
    assert closings() == 1


def test_a_day_that_many_close_at_once_is_closed_once(app, event_id):
    results = together(app, [closing_it(event_id) for _ in range(CROWD)])

    assert errors(results) == ["AlreadyClosed"] * (CROWD - 1)
    assert closings() == 1
