"""Whether the database has been migrated to what this version of the program needs."""

from pathlib import Path

from flask import current_app
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from booking.foundation.db import db

#: PostgreSQL's codes for a table and a column that it does not know.
UNDEFINED = {"42P01", "42703"}
UPGRADE = "Run `fairplace db upgrade`."


def problem() -> str:
    """Return what is wrong with the database's version and what to do, or "" if nothing is.

    Raises SQLAlchemyError if the database does not answer.
    """
    found, needed = _found(), expected()
    if found == needed:
        return ""
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


def _found() -> str:
    """Return the database's last migration; "" if it has never been migrated."""
    # On a connection of its own: the session's transaction may have failed, and on PostgreSQL a
    # statement about a table that does not exist would make this one fail too.
    with db.engine.connect() as connection:
        if not db.engine.dialect.has_table(connection, "alembic_version"):
            return ""
        return str(connection.scalar(text("SELECT version_num FROM alembic_version")) or "")


def _folder() -> Path:
    return Path(current_app.extensions["migrate"].directory)
