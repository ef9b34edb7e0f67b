"""Brooms: a connection that deletes what a test has written, triggers or not, and nothing else."""

from contextlib import closing
from itertools import compress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"


def sqlite3_module() -> Any:
    """Return the module that the product uses; tests of the domain need none."""
    from booking.foundation.db import sqlite_driver

    return sqlite_driver()


class SqliteBroom:
    """A connection that deletes every row of a SQLite file: it alone does not see the triggers.

    Triggers keep the ledger and the trail from being changed, by tests as well. This connection
    reads the tables' descriptions while the triggers' are gone, takes that back at once, and has
    no reason to read them again: the file has all its triggers all the time.
    """

    def __init__(self, path: Path, template: Path) -> None:
        driver = sqlite3_module()
        self.connection = driver.connect(path, isolation_level=None, cached_statements=500)
        self._blind()
        self.schema = self._schema(self.connection)
        with closing(driver.connect(template)) as kept:
            same = self._schema(kept) == self.schema
            names = [row[0] for row in kept.execute(TABLES)] if same else []
            rows = {name: kept.execute(f"SELECT * FROM {name}").fetchall() for name in names}
        self.right = bool(names)
        self.written = f"SELECT {', '.join(f'EXISTS (SELECT 1 FROM {n})' for n in names)}"
        self.deletes = [f"DELETE FROM {name}" for name in names]
        self.inserts = [
            (f"INSERT INTO {name} VALUES ({', '.join('?' * len(found[0]))})", found)
            for name, found in rows.items()
            if found
        ]

    def _blind(self) -> None:
        for statement in (
            "PRAGMA writable_schema=ON",
            "BEGIN",
            "DELETE FROM sqlite_schema WHERE type = 'trigger'",
            "PRAGMA writable_schema=RESET",
            "SELECT count(*) FROM alembic_version",
            "ROLLBACK",
        ):
            self.connection.execute(statement).fetchall()

    def _schema(self, connection: Any) -> int:
        return int(connection.execute("PRAGMA schema_version").fetchone()[0])

    def sweep(self) -> bool:
        """Leave what the template holds; return False if somebody writes, or changed a table."""
        if not self.right or self._schema(self.connection) != self.schema:
            return False
        try:
            self.connection.execute("BEGIN IMMEDIATE")
        except sqlite3_module().OperationalError:
            return False
        for statement in compress(self.deletes, self.connection.execute(self.written).fetchone()):
            self.connection.execute(statement)
        for statement, rows in self.inserts:
            self.connection.executemany(statement, rows)
        self.connection.execute("COMMIT")
        return True

    def close(self) -> None:
        """Leave the file to others."""
        self.connection.close()


#: Rises when a table, column, trigger or constraint is made, changed or dropped.
DESCRIBED = {
    "pg_class": "oid",
    "pg_attribute": "attrelid",
    "pg_trigger": "oid",
    "pg_constraint": "oid",
}
#: PostgreSQL's own tables and types have lower numbers.
FIRST_OWN = 16384
KINDS = "SELECT relkind, oid::regclass FROM pg_class WHERE relnamespace = 'public'::regnamespace"
#: Tables whose file is not empty; one more query for each table would cost more than it spares.
WRITTEN = """SELECT oid::regclass FROM pg_class WHERE relnamespace = 'public'::regnamespace
    AND relkind = 'r' AND pg_relation_size(oid) > 0"""
OTHERS = """SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
    AND pid <> pg_backend_pid() AND state <> 'idle'"""


class PostgresBroom:
    """A connection for which no trigger fires, to a database that nobody has written to yet.

    `last` is the broom of an earlier copy of the same template, which has read the same already.
    """

    def __init__(self, url: str, last: "PostgresBroom | None" = None) -> None:
        self.connection: Connection = create_engine(url, poolclass=NullPool).connect()
        self.swept = 0
        if last is None:
            self._read()
        else:
            self.described, self.schema = last.described, last.schema
            self.inserts, self.numbers = last.inserts, last.numbers

    def _read(self) -> None:
        self.described = "SELECT " + ", ".join(
            f"(SELECT sum(xmin::text::bigint) FROM {name} WHERE {number} >= {FIRST_OWN})"
            for name, number in DESCRIBED.items()
        )
        found = self._all(KINDS)
        tables = [name for kind, name in found if kind == "r"]
        numbers = [name for kind, name in found if kind == "S"]
        rows = {name: self._all(f"SELECT * FROM {name}") for name in tables}
        self.inserts = [
            (f"INSERT INTO {name} VALUES ({marks(len(kept[0]))})", [named(row) for row in kept])
            for name, kept in rows.items()
            if kept
        ]
        stand = [
            (name, *self._all(f"SELECT last_value, is_called FROM {name}")[0]) for name in numbers
        ]
        self.numbers = "SELECT " + ", ".join(
            f"setval('{n}', {at}, {used})" for n, at, used in stand
        )
        self.schema = self._all(self.described)
        self.connection.rollback()

    def _all(self, statement: str) -> list[Any]:
        return list(self.connection.execute(text(statement)))

    def sweep(self) -> bool:
        """Leave what was here at first; return False if somebody writes, or changed a table."""
        try:
            if self._all(self.described) != self.schema or self._all(OTHERS) != [(0,)]:
                return False
            self._all("SELECT set_config('session_replication_role', 'replica', true)")
            deletes = (f"DELETE FROM {name}" for (name,) in self._all(WRITTEN))
            self.connection.execute(text("; ".join(deletes)))
            for statement, rows in self.inserts:
                self.connection.execute(text(statement), rows)
            self._all(self.numbers)
            self.connection.commit()
        except DBAPIError:
            return False  # not allowed to pass by triggers, or the database is gone
        finally:
            self.connection.rollback()
        self.swept += 1
        return True

    def close(self) -> None:
        """Leave the database to others."""
        self.connection.close()


def marks(count: int) -> str:
    """Return a parameter for each column: ":c0, :c1"."""
    return ", ".join(f":c{index}" for index in range(count))


def named(row: Any) -> dict[str, Any]:
    """Return a row's values by their parameters' names."""
    return {f"c{index}": value for index, value in enumerate(row)}
