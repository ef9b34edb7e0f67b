"""Two workers seal the audit trail at once: each entry is sealed once, and nobody is alarmed."""

from threading import Barrier

import pytest
from sqlalchemy import select, text

from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.audit import locks as audit_locks
from booking.foundation.audit import service as audit
from booking.foundation.audit.models import AuditSeal
from booking.foundation.db import db, transaction
from tests.races.together import errors, together, writing

WORKERS = 4


@pytest.fixture
def trail(app, db_session):
    """Provide a trail with entries that are not sealed yet."""
    with transaction():
        for number in range(300):
            audit.note(actor=COMMAND, action="try", about="trail", number=number)
    db_session.rollback()


def sealing():
    return writing(lambda: audit.seal(now=clock.now()))


@pytest.mark.postgres
def test_without_the_lock_two_workers_seal_the_same_entries(app, trail, monkeypatch):
    gate = Barrier(2)

    def writers_only(table):
        db.session.execute(text(f"LOCK TABLE {table} IN SHARE MODE"))
        gate.wait(30)

    monkeypatch.setattr(audit_locks, "writers", writers_only)

    assert errors(together(app, [sealing()] * 2)) == ["IntegrityError"]


def test_workers_that_seal_at_once_seal_each_entry_once(app, trail):
    results = together(app, [sealing()] * WORKERS)

    assert errors(results) == []
    assert sorted(results) == [0] * (WORKERS - 1) + [300]
    db.session.rollback()
    assert len(db.session.scalars(select(AuditSeal)).all()) == 1
    assert audit.first_broken() is None
