"""Two people add a version of one resource at once: each gets a number of its own."""

from threading import Barrier

import pytest
from sqlalchemy import select

from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import db
from booking.network.resources import queries as resource_queries
from booking.network.resources import service as resource_service
from booking.network.resources.models import Resource, ResourceVersion
from tests.builders import resources, schools
from tests.races.together import errors, together, writing

CROWD = 2


@pytest.fixture
def resource_id(app, db_session):
    """A resource in its first version, known by its row."""
    made = resources.share(school=schools.make_school()).id
    db_session.rollback()
    return made


def adding(resource_id, words):
    def add():
        resource_service.add_version(
            actor=COMMAND,
            now=clock.now(),
            resource=db.session.get_one(Resource, resource_id),
            content=resources.content(words),
            changed=words,
            quota_bytes=resources.QUOTA,
        )

    return writing(add)


def numbers():
    db.session.rollback()
    found = select(ResourceVersion.number).order_by(ResourceVersion.number)
    return list(db.session.scalars(found))


def test_without_the_lock_both_want_the_same_number_and_one_is_lost(app, resource_id, monkeypatch):
    asked = resource_queries.last_number
    monkeypatch.setattr(
        resource_service.sharing.locks, "resource", lambda id_: db.session.get_one(Resource, id_)
    )
    if db.engine.dialect.name == "sqlite":
        # Its transaction is a lock of its own, so each asks before it begins to write.
        held = asked(resource_id)
        monkeypatch.setattr(resource_queries, "last_number", lambda _resource: held)
    else:
        gate = Barrier(CROWD)

        def and_wait(id_):
            found = asked(id_)
            gate.wait(30)
            return found

        monkeypatch.setattr(resource_queries, "last_number", and_wait)

    results = together(app, [adding(resource_id, f"Plan {n}") for n in range(CROWD)])

    assert errors(results) == ["IntegrityError"]
    assert numbers() == [1, 2]


def test_two_at_once_get_two_numbers(app, resource_id):
    results = together(app, [adding(resource_id, f"Plan {n}") for n in range(CROWD)])

    assert errors(results) == []
    assert numbers() == [1, 2, 3]
