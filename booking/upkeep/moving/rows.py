"""Copies rows from one database to another as they are stored, a batch at a time.

What is encrypted stays encrypted, and texts of JSON stay letter for letter as they were. Triggers
are away meanwhile: they guard what people do, would add up balances a second time, and would refuse
the entries of closed years. They come back in the same transaction; the doctor checks afterwards
whatever they would have.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Enum,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    cast,
    delete,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import REGCLASS
from sqlalchemy.engine import Connection
from sqlalchemy.types import TypeDecorator, TypeEngine

from booking.foundation.db import UTCDateTime, db

#: How many rows are in memory at a time; few of those that may be files of megabytes.
ROWS, ROWS_OF_FILES = 1000, 4


class _JsonText(TypeDecorator[str]):
    """A text that PostgreSQL keeps as JSON."""

    impl = Text
    cache_ok = True

    def bind_expression(self, bindparam: Any) -> ColumnElement[Any]:
        """Say that it is JSON, because it is sent as text."""
        return cast(bindparam, JSON)


@dataclass(frozen=True)
class Copy:
    """A database that is read, and one that is written."""

    reading: Connection
    writing: Connection

    def batches(self, table: Table) -> Iterator[int]:
        """Copy a table; say after each batch how many rows it had."""
        plain = Table(
            table.name,
            MetaData(),
            *(Column(each.name, self._plain(each.type)) for each in table.columns),
        )
        heavy = any(isinstance(each.type, LargeBinary) for each in plain.columns)
        found = self.reading.execution_options(
            yield_per=ROWS_OF_FILES if heavy else ROWS, stream_results=True
        ).execute(
            select(*map(_as_stored, plain.columns)).order_by(
                *(plain.columns[each.name] for each in table.primary_key)
            )
        )
        for batch in found.mappings().partitions():
            self.writing.execute(insert(plain), [dict(row) for row in batch])
            yield len(batch)

    def _plain(self, kind: TypeEngine[Any]) -> TypeEngine[Any]:
        """Return the type of what is stored, without what the program makes of it."""
        if isinstance(kind, TypeDecorator) and not isinstance(kind, UTCDateTime):
            kind = kind.impl_instance
        if isinstance(kind, JSON):
            return _JsonText() if self.writing.dialect.name == "postgresql" else Text()
        return String() if isinstance(kind, Enum) else kind


def _as_stored(column: Column[Any]) -> ColumnElement[Any]:
    if isinstance(column.type, _JsonText) or type(column.type) is Text:
        return cast(column, Text).label(column.name)  # JSON has to be asked for as text
    return column


@contextmanager
def snapshot(connection: Connection) -> Iterator[Connection]:
    """Let a connection see one state of its database all the time; on SQLite nobody can write."""
    if connection.dialect.name == "postgresql":
        connection = connection.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
    else:
        connection = connection.execution_options(writing=True)
    with connection.begin():
        yield connection


@contextmanager
def without_triggers(connection: Connection) -> Iterator[None]:
    """Write without the triggers that guard tables; they are back at the end."""
    if connection.dialect.name == "postgresql":
        for name in db.metadata.tables:
            connection.execute(text(f'ALTER TABLE "{name}" DISABLE TRIGGER USER'))
        yield
        for name in db.metadata.tables:
            connection.execute(text(f'ALTER TABLE "{name}" ENABLE TRIGGER USER'))
        return
    found = connection.execute(
        text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY rowid")
    ).all()
    for name, _ in found:
        connection.execute(text(f'DROP TRIGGER "{name}"'))
    yield
    for _, statement in found:
        connection.exec_driver_sql(statement)


def empty(connection: Connection) -> None:
    """Delete what migrations wrote."""
    for table in reversed(db.metadata.sorted_tables):
        connection.execute(delete(table))


def set_sequences(connection: Connection) -> None:
    """Let PostgreSQL count on from the last number of each table; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in db.metadata.tables.values():
        for column in table.primary_key:
            name = connection.scalar(select(func.pg_get_serial_sequence(table.name, column.name)))
            if name is not None:
                last = func.max(column)
                connection.execute(
                    select(
                        func.setval(cast(name, REGCLASS), func.coalesce(last, 1), last.is_not(None))
                    )
                )


def count(connection: Connection, table: Table) -> int:
    """Return how many rows a table has."""
    return connection.execute(select(func.count()).select_from(table)).scalar_one()
