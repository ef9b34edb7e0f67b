"""Whether the database has been migrated to what this version of the program needs."""

from collections.abc import Sequence
from pathlib import Path

from flask import current_app
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from booking.domain import english
from booking.foundation.db import db

#: PostgreSQL's codes for a table and a column that it does not know.
UNDEFINED = {"42P01", "42703"}
UPGRADE = "Run `fairplace db upgrade`."
#: Stands beside a database's version until everything has been moved into it.
MOVING = "unfinished-move"
UNFINISHED = f"INSERT INTO alembic_version (version_num) VALUES ('{MOVING}')"  # noqa: S608 - our own
FINISHED = f"DELETE FROM alembic_version WHERE version_num = '{MOVING}'"  # noqa: S608 - our own
#: How many of the tables and columns that are missing are named.
NAMED_MAX = 3
#: Every column of every table, in one statement: monitors ask often.
COLUMNS = {
    "sqlite": """
        SELECT tables.name, columns.name FROM sqlite_master AS tables
        JOIN pragma_table_info(tables.name) AS columns WHERE tables.type = 'table'
    """,
    "postgresql": """
        SELECT relname, attname FROM pg_class
        JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
        WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
    """,
}


def problem() -> str:
    """Return what is wrong with the database's version and what to do, or "" if nothing is.

    Raises SQLAlchemyError if the database does not answer.
    """
    versions, needed = _found(), expected()
    if MOVING in versions:
        return (
            "Another database was to be moved into this one, but that was not finished. Run "
            "`fairplace move-database` again."
        )
    found = next(iter(versions), "")
    if found == needed:
        return _lacking(needed)
    if not found:
        return f"The database is empty. {UPGRADE}"
    if (_folder() / "versions" / f"{found}.py").exists():
        return f"The database is at {found}, and this version needs {needed}. {UPGRADE}"
    return (
        f"The database is at {found}, which this version does not know: it was made by a newer "
        "one. Install that version."
    )


def lacks_something(error: BaseException) -> bool:
    """Return whether the database knows no such table or column, as one that is too old would."""
    if not isinstance(error, DBAPIError):
        return False
    if sqlstate := getattr(error.orig, "sqlstate", None):
        return sqlstate in UNDEFINED
    return str(error.orig).startswith(("no such table", "no such column"))


def why() -> str:
    """Return the same for somebody who already knows that something is wrong; never raises."""
    try:
        return problem()
    except SQLAlchemyError:
        return ""


def expected() -> str:
    """Return the migration that this version of the program needs."""
    return (_folder() / "HEAD").read_text().strip()


def _found() -> Sequence[str]:
    """Return the database's last migration, and its mark; nothing if it was never migrated."""
    # On a connection of its own: the session's transaction may have failed, and on PostgreSQL a
    # statement about a table that does not exist would make this one fail too.
    with db.engine.connect() as connection:
        if not db.engine.dialect.has_table(connection, "alembic_version"):
            return []
        return connection.scalars(text("SELECT version_num FROM alembic_version")).all()


def _lacking(version: str) -> str:
    """Return what a database lacks that says it is up to date; "" if it lacks nothing.

    So it is if a migration was changed after the database had run it, or if a table was dropped.
    """
    with db.engine.connect() as connection:
        there = {tuple(row) for row in connection.execute(text(COLUMNS[db.engine.dialect.name]))}
    tables = {table for table, _ in there}
    lost = [name for name in db.metadata.tables if name not in tables]
    lost += [
        f"{column.table}.{column.name}"
        for table in db.metadata.tables.values()
        for column in table.columns
        if table.name in tables and (table.name, column.name) not in there
    ]
    if not lost:
        return ""
    return (
        f"The database says that it is at {version}, but lacks {_some(lost)}. Restore a copy that "
        "has them, with the version that made it, and upgrade that."
    )


def _some(names: Sequence[str]) -> str:
    """Return a few names in words, and how many more there are."""
    more = [f"{len(names) - NAMED_MAX} more"] if len(names) > NAMED_MAX else []
    return english.listed([*sorted(names)[:NAMED_MAX], *more])


def _folder() -> Path:
    return Path(current_app.extensions["migrate"].directory)
