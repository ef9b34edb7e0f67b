"""Several people put files on a school's shelf at once: it never holds more than it may."""

from threading import Barrier

import pytest

from booking.days.events import shelf
from booking.days.events.models import Event
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.files import imports
from booking.foundation.files import queries as file_queries
from booking.foundation.files import service as file_service
from booking.foundation.files.details import FileFacts
from booking.foundation.files.models import FileAudience
from tests.builders import events, files
from tests.races.together import errors, together, writing

CROWD = 4
CONTENTS = [files.pdf(f"{n}" * 600) for n in range(CROWD)]
#: Room for one of them, and not for two.
QUOTA = 1000


@pytest.fixture
def event(app, db_session):
    """An event, known by its row."""
    found = events.make_event()
    made = found.id, found.host_school_id
    db_session.rollback()
    return made


def add(event_id, content):
    owner = shelf.of_event(db.session.get_one(Event, event_id), actor=COMMAND)
    file_service.attach(
        actor=COMMAND,
        now=clock.now(),
        owner=owner,
        upload=imports.read("a.pdf", content),
        facts=FileFacts("Map", FileAudience.COMING),
        quota_bytes=QUOTA,
    )


def on_shelf(school_id):
    db.session.rollback()
    return file_queries.bytes_on_shelf(school_id)


def test_without_the_lock_a_shelf_holds_more_than_it_may(app, event, monkeypatch):
    gate = Barrier(CROWD)
    event_id, school_id = event
    monkeypatch.setattr(file_service.locks, "shelf", lambda *_shelf, **_now: None)
    asked = file_queries.bytes_on_shelf
    if db.engine.dialect.name == "sqlite":
        # Its transaction is a lock of its own, so each asks before it begins to write.
        held = asked(school_id)
        monkeypatch.setattr(file_service.queries, "bytes_on_shelf", lambda _school: held)
        together(app, [writing(lambda c=c: add(event_id, c)) for c in CONTENTS])
    else:

        def and_wait(school):
            found = asked(school)
            gate.wait(30)
            return found

        monkeypatch.setattr(file_service.queries, "bytes_on_shelf", and_wait)
        together(app, [writing(lambda c=c: add(event_id, c)) for c in CONTENTS])
    monkeypatch.setattr(file_service.queries, "bytes_on_shelf", asked)

    assert on_shelf(school_id) > QUOTA


def test_many_at_once_find_room_for_one(app, event):
    event_id, school_id = event

    results = together(app, [writing(lambda c=c: add(event_id, c)) for c in CONTENTS])

    assert errors(results) == ["ShelfIsFull"] * (CROWD - 1)
    assert 0 < on_shelf(school_id) <= QUOTA


def test_the_same_file_added_by_many_at_once_is_kept_once(app, event):
    event_id, _ = event

    results = together(app, [writing(lambda: add(event_id, CONTENTS[0]))] * CROWD)

    assert errors(results) == []
    with transaction():
        owner = shelf.of_event(db.session.get_one(Event, event_id), actor=COMMAND)
        kept = file_queries.all_of(owner)
        assert sorted(file.position for file in kept) == [1, 2, 3, 4]
        assert len({file.sha256 for file in kept}) == 1
