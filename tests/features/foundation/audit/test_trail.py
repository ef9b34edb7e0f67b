"""The audit trail: append-only, sealed, and quick to say which row was tampered with."""

import random
from typing import Any

import pytest
from sqlalchemy import exc, select, text

from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.audit import service as audit
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction

TRIGGERS = {
    "sqlite": ["DROP TRIGGER audit_entries_no_update", "DROP TRIGGER audit_entries_no_delete"],
    "postgresql": ["DROP TRIGGER audit_entries_no_change ON audit_entries"],
}


@pytest.fixture(autouse=True)
def _context(db_session: Any) -> None:
    """Every test here reads and writes the trail."""


def record(count: int) -> list[int]:
    with transaction():
        entries = [
            audit.note(actor=COMMAND, action="try", about="trail", number=number)
            for number in range(count)
        ]
    return [entry.id for entry in entries]


def seal() -> int:
    with transaction():
        return audit.seal(now=clock.now())


def test_entries_are_sealed_in_the_order_of_their_ids_and_hold() -> None:
    record(5)
    assert seal() == 5
    record(3)
    assert seal() == 3
    assert seal() == 0
    assert audit.first_broken() is None


@pytest.mark.parametrize(
    "change",
    ["UPDATE audit_entries SET action = 'nothing'", "DELETE FROM audit_entries"],
)
def test_the_database_refuses_to_change_the_trail(change: str) -> None:
    record(1)
    with pytest.raises(exc.DatabaseError, match="append-only"), transaction() as session:
        session.execute(text(change))
    assert len(db.session.scalars(select(AuditEntry)).all()) == 1


@pytest.mark.postgres
def test_the_trail_cannot_be_truncated() -> None:
    record(1)
    with pytest.raises(exc.DatabaseError, match="append-only"), transaction() as session:
        session.execute(text("TRUNCATE audit_entries"))


def test_every_tampering_is_found_and_names_its_row(engine_kind: str) -> None:
    ids = record(40)
    seal()
    with transaction() as session:
        for statement in TRIGGERS[engine_kind]:
            session.execute(text(statement))
    dice = random.Random(7)
    for victim in sorted(dice.sample(ids, 20), reverse=True):
        change = dice.choice(
            [
                "UPDATE audit_entries SET action = 'forged' WHERE id = :id",
                "UPDATE audit_entries SET reason = 'forged' WHERE id = :id",
                "UPDATE audit_entries SET person_id = 99 WHERE id = :id",
                "DELETE FROM audit_entries WHERE id = :id",
            ]
        )
        with transaction() as session:
            session.execute(text(change), {"id": victim})
        broken = audit.first_broken()
        assert broken is not None
        assert broken.row_id == victim
