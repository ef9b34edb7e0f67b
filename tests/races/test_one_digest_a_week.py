"""Two workers send the weekly digest at once: everybody gets one."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from flask import current_app
from sqlalchemy import select

from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.network.digest import locks as digest_locks
from booking.network.digest import mail as digest_mail
from booking.network.digest import service as digest_service
from booking.network.digest.models import LifeDigest
from tests.builders import resources, schools
from tests.races.together import errors, meeting, together, writing

WEDNESDAY = datetime(2026, 6, 10, 12, tzinfo=UTC)
MONDAY = datetime(2026, 6, 15, 6, 30, tzinfo=UTC)


@pytest.fixture
def reader(app, db_session):
    """Provide the address of somebody for whom something is new on Monday."""
    person = schools.make_person(role=Role.STAFF, school=schools.make_school())
    with transaction():
        digest_service.begin(now=WEDNESDAY)
    with clock.pretending(WEDNESDAY + timedelta(hours=1)):
        resources.share(title="Bridges from paper")
    db_session.rollback()
    return person.email


def sending():
    send = writing(lambda: digest_service.send(now=MONDAY))

    def work():
        with current_app.test_request_context():
            return send()

    return work


def digests():
    db.session.rollback()
    return list(db.session.scalars(select(Message).where(Message.template == "life_digest")))


def test_two_workers_send_one(app, reader):
    results = together(app, [sending(), sending()])
    assert errors(results) == []
    assert sorted(results) == [0, 1]
    assert [row.recipient for row in digests()] == [reader]


def test_without_lock_and_key_two_would_go_out(app, reader, monkeypatch):
    numbers = itertools.count()

    def unlocked(_since):
        return db.session.scalars(select(LifeDigest)).all()

    is_sqlite = db.engine.dialect.name == "sqlite"  # its transaction is a lock of its own
    monkeypatch.setattr(digest_locks, "due", unlocked if is_sqlite else meeting(unlocked, 2))
    monkeypatch.setattr(digest_mail, "key_of", lambda *_: f"life_digest:{next(numbers)}")
    monkeypatch.setattr(digest_service.digests, "begins", lambda *_: WEDNESDAY)
    results = together(app, [sending(), sending()])
    assert errors(results) == []
    assert [row.recipient for row in digests()] == [reader, reader]
