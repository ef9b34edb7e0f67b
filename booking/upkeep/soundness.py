"""Checks that the database is intact, and that nothing in it is kept too long."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    LargeBinary,
    Text,
    and_,
    func,
    not_,
    or_,
    select,
    text,
    type_coerce,
)

from booking.domain.english import plural
from booking.foundation import clock
from booking.foundation.audit import erasures
from booking.foundation.chores import Check
from booking.foundation.db import db
from booking.foundation.encryption import (
    CannotDecrypt,
    EncryptedBytes,
    EncryptedText,
    field_keys,
)
from booking.upkeep import purging, replaying


def checks() -> Sequence[Check]:
    """Return the doctor's checks on the whole database."""
    return (
        Check("Nothing is kept too long", _overdue, of_now=True),
        Check("Whoever was erased is erased in this database too", _to_erase_again, of_now=True),
        Check("Everything encrypted can be read with the keys in FIELD_KEY", _unreadable),
        Check("The database is intact", _sqlite_integrity, engine="sqlite"),
    )


def _overdue() -> Iterable[str]:
    past = clock.now() - purging.GRACE
    for rule in purging.rules():
        if count := rule.overdue(past):
            yield (
                f"{rule.name}: {count} rows should have been deleted ({rule.kept.how_long}); "
                "run `flask retention purge`"
            )


def _to_erase_again() -> Iterable[str]:
    if count := replaying.known_again():
        yield f"{plural(count, 'person', 'people')} who asked to be erased can be read again"
    if count := len(erasures.to_repeat()):
        yield (
            f"{plural(count, 'person', 'people')} on the list of erased people would be known "
            "again; run `flask retention purge`"
        )


def _unreadable() -> Iterable[str]:
    for table in db.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, EncryptedText | EncryptedBytes):
                yield from _unreadable_in(column)


def _unreadable_in(column: Column[Any]) -> Iterable[str]:
    """Count the rows whose key is gone, and try one row of each key that is there."""
    beginnings = {key_id: _begins(column, f"{key_id}:") for key_id in field_keys.ids}
    lost = and_(column.is_not(None), not_(or_(*beginnings.values())))
    if rows := db.session.scalar(select(func.count()).select_from(column.table).where(lost)):
        yield f"{column}: {plural(rows, 'row')} with a key that FIELD_KEY lacks"
    for key_id, condition in beginnings.items():
        try:
            db.session.execute(select(column).where(condition).limit(1)).all()
        except (CannotDecrypt, ValueError):
            yield f"{column}: the key '{key_id}' is not the one that a row was encrypted with"


def _begins(column: Column[Any], beginning: str) -> ColumnElement[bool]:
    """Return whether what is stored begins so; nothing is decrypted, or encrypted, for it."""
    is_text = isinstance(column.type, EncryptedText)
    stored: ColumnElement[Any] = type_coerce(column, Text() if is_text else LargeBinary())
    start = func.substr(stored, 1, len(beginning), type_=stored.type)
    return start == (beginning if is_text else beginning.encode())


def _sqlite_integrity() -> Iterable[str]:
    for (answer,) in db.session.execute(text("PRAGMA integrity_check")):
        if answer != "ok":
            yield f"SQLite: {answer}"
    for row in db.session.execute(text("PRAGMA foreign_key_check")):
        yield f"SQLite: {row[0]} row {row[1]} refers to a missing {row[2]}"
