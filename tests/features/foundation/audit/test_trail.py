"""The audit trail: append-only, sealed, and quick to say which row was tampered with."""

import random
from datetime import date
from typing import Any

import pytest
from sqlalchemy import exc, select, text
from sqlalchemy.orm import Mapper, make_transient_to_detached

from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.audit import service as audit
from booking.foundation.audit.models import AuditEntry, AuditSeal
from booking.foundation.db import Model, db, transaction
from booking.foundation.web.models import ThrottleCount

#: A first and a second value of each kind of key; the other kinds are text.
KEYS = {int: (1, 12), date: (date(2027, 3, 1), date(2027, 3, 2))}
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


def stored(mapper: Mapper[Any], second: bool) -> Any:
    """Return a row as if it had been loaded, with the first or second value for its whole key."""
    keys = {
        mapper.get_property_by_column(column).key: KEYS.get(
            column.type.python_type, ("one", "other")
        )[second]
        for column in mapper.primary_key
    }
    row = mapper.class_(**keys)
    make_transient_to_detached(row)
    return row


def test_rows_of_every_table_are_told_apart_in_the_trail() -> None:
    mappers = list(Model.registry.mappers)
    with transaction():
        named = {
            mapper: [
                audit.record(actor=COMMAND, action="try", subject=stored(mapper, second)).subject_id
                for second in (False, True)
            ]
            for mapper in mappers
        }

    assert {mapper.local_table.name for mapper in mappers} >= {"events", "funds", "meeting_roles"}
    for mapper, (one, other) in named.items():
        assert one != other
        assert all([*one.split(":"), *other.split(":")])
        assert len(one.split(":")) == len(other.split(":")) == len(mapper.primary_key)


def test_an_entry_names_a_row_that_is_new_or_was_deleted_in_the_same_transaction() -> None:
    with transaction() as session:
        row = ThrottleCount(key="sign-in:1", count=1, expires_at=clock.now())
        session.add(row)
        added = audit.record(actor=COMMAND, action="add", subject=row)
        session.delete(row)
        deleted = audit.record(actor=COMMAND, action="delete", subject=row)

    assert added.subject_id == deleted.subject_id == "sign-in:1"


def test_nothing_is_recorded_about_a_row_that_was_never_added() -> None:
    with pytest.raises(audit.NotARow), transaction():
        audit.record(actor=COMMAND, action="try", subject=AuditSeal())

    assert db.session.scalars(select(AuditEntry)).all() == []


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
