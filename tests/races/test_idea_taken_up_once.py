"""Two people take an idea up at once: one draft, and one refusal."""

import pytest
from sqlalchemy import func, select

from booking.days.events.models import Event
from booking.days.ideas import service as idea_service
from booking.days.ideas.models import Idea
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import db
from tests.builders import ideas, schools
from tests.races.together import errors, together, writing

CROWD = 4


@pytest.fixture
def race(app, db_session):
    """An idea, and schools that would all host it."""
    found = [schools.make_school().id for _ in range(CROWD)]
    ids = ideas.make_idea(school=schools.make_school()).id, found
    db_session.rollback()
    return ids


def taking(idea_id, school_id):
    return writing(
        lambda: (
            idea_service.take_up(
                actor=COMMAND,
                now=clock.now(),
                idea=db.session.get_one(Idea, idea_id),
                host_school_id=school_id,
            ).id
        )
    )


def drafts():
    db.session.rollback()
    return db.session.scalar(select(func.count(Event.id)))


def test_an_idea_that_many_take_up_at_once_becomes_one_draft(app, race):
    idea_id, hosts = race

    results = together(app, [taking(idea_id, host) for host in hosts])

    assert errors(results) == ["IdeaNotOpen"] * (CROWD - 1)
    assert drafts() == 1
    (event_id,) = [result for result in results if isinstance(result, int)]
    assert db.session.get_one(Idea, idea_id).event_id == event_id
