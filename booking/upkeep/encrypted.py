"""Reads what is encrypted as it is stored: under which key, and whether it can be opened."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy
from sqlalchemy import (
    Column,
    ColumnElement,
    LargeBinary,
    Table,
    TableClause,
    Text,
    and_,
    func,
    not_,
    or_,
    select,
    type_coerce,
)

from booking.domain.english import plural
from booking.foundation import encryption
from booking.foundation.db import db
from booking.foundation.encryption import BOUND, SEAL, CannotDecrypt, EncryptedText, field_keys

#: How many values of a column the doctor opens, and how many of those that may be files.
OPENED_MAX, FILES_OPENED_MAX = 5_000, 50
#: How many of them are in memory at a time.
BATCH = 100


def tables() -> list[Table]:
    """Return the tables that have encrypted columns."""
    return [each for each in db.metadata.sorted_tables if encryption.encrypted_columns(each)]


def stored(column: Column[Any]) -> ColumnElement[Any]:
    """Return a column as it is stored; nothing is decrypted, or encrypted, for it."""
    return type_coerce(column, Text() if is_text(column) else LargeBinary())


def as_stored(table: Table) -> TableClause:
    """Return a table whose encrypted columns are read and written as they are stored."""
    plain = {
        each.name: Text() if is_text(each) else LargeBinary()
        for each in encryption.encrypted_columns(table)
    }
    return sqlalchemy.table(
        table.name,
        *(sqlalchemy.column(each.name, plain.get(each.name, each.type)) for each in table.c),
    )


def is_text(column: Column[Any]) -> bool:
    """Return whether what is stored is text; otherwise it is the same in bytes."""
    return isinstance(column.type, EncryptedText)


def as_text(found: str | bytes) -> str:
    """Return what is stored as text."""
    return found if isinstance(found, str) else bytes(found).decode()


def outdated(column: Column[Any]) -> ColumnElement[bool]:
    """Return whether a value is under an older key, or not bound to its place."""
    return and_(column.is_not(None), not_(_begins(column, field_keys.newest)))


def count() -> tuple[int, int]:
    """Return how many values are encrypted, and how many of them `keys roll` would write anew."""
    whole = old = 0
    for table in tables():
        for column in encryption.encrypted_columns(table):
            in_column = func.count(stored(column)), func.count().filter(outdated(column))
            one, other = db.session.execute(select(*in_column)).one()
            whole, old = whole + one, old + other
    return whole, old


def unreadable() -> Iterable[str]:
    """Tell which values have lost their key, or cannot be opened where they stand."""
    for table in tables():
        for column in encryption.encrypted_columns(table):
            yield from _without_key(column)
            yield from _not_opened(column)


def _without_key(column: Column[Any]) -> Iterable[str]:
    known = [_begins(column, f"{each}{key}:") for key in field_keys.ids for each in ("", BOUND)]
    lost = and_(column.is_not(None), not_(or_(*known)))
    if rows := db.session.scalar(select(func.count()).select_from(column.table).where(lost)):
        yield f"{column}: {plural(rows, 'row')} with a key that FIELD_KEY lacks"


def _not_opened(column: Column[Any]) -> Iterable[str]:
    """Try values from a place that is drawn by lot, or all of them if they are few."""
    tried, failed = Counter[str](), Counter[str]()
    for seal, found in _some(column):
        key_id = found.removeprefix(BOUND).partition(":")[0]
        if key_id not in field_keys.ids:
            continue
        tried[key_id] += 1
        try:
            field_keys.decrypt(found, encryption.bound_to(encryption.place(column), seal))
        except (CannotDecrypt, ValueError):
            failed[key_id] += 1
    for key_id, rows in failed.items():
        yield (
            f"{column}: {rows} of {plural(tried[key_id], 'row')} cannot be read with the key "
            f"'{key_id}': they were changed or copied from elsewhere, or it is another key"
        )


def _some(column: Column[Any]) -> Iterator[tuple[str | None, str]]:
    most = OPENED_MAX if is_text(column) else FILES_OPENED_MAX
    seal = column.table.c[SEAL]
    some = select(seal, stored(column)).where(column.is_not(None))
    rows = select(func.count()).select_from(column.table).where(column.is_not(None))
    if (db.session.scalar(rows) or 0) > most:
        some = some.where(seal >= encryption.new_seal()).order_by(seal).limit(most)
    at_a_time = BATCH if is_text(column) else 1
    for row in db.session.execute(some.execution_options(yield_per=at_a_time)):
        yield row[0], as_text(row[1])


def _begins(column: Column[Any], beginning: str) -> ColumnElement[bool]:
    there = stored(column)
    start = func.substr(there, 1, len(beginning), type_=there.type)
    return start == (beginning if is_text(column) else beginning.encode())
