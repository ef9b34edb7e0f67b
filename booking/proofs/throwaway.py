"""A database that is made to be thrown away: beside the site's own, and gone whatever happens.

SQLite: a file in a folder that nobody else may open. PostgreSQL: a database on the same server, if
the role may make one. What a process that was killed has left is removed before the next is made;
only one process at a time does this (`locks.alone`).
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from tempfile import mkdtemp

from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from booking.foundation.db import db

ENDING = "-proving-"


class CannotBeMade(RuntimeError):
    """The role may not make a database on this server."""


@contextmanager
def made() -> Iterator[str]:
    """Make one; give its address, as DATABASE_URL has it. Raises CannotBeMade."""
    remove_left()
    url = db.engine.url
    if url.get_backend_name() == "postgresql":
        with _in_postgresql() as name:
            yield url.set(database=name).render_as_string(hide_password=False)
        return
    path = Path(str(url.database)).absolute()
    folder = Path(mkdtemp(prefix=f"{path.name}{ENDING}", dir=path.parent))
    try:
        yield f"sqlite:///{folder / 'copy.db'}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def remove_left() -> int:
    """Remove what processes that were killed have left; return how many there were."""
    if db.engine.url.get_backend_name() == "postgresql":
        with _server() as connection:
            found = connection.execute(
                text("SELECT datname FROM pg_database WHERE starts_with(datname, :start)"),
                {"start": f"{db.engine.url.database}{ENDING}"},
            ).scalars()
            left = list(found)
            for name in left:
                _drop(connection, name)
        return len(left)
    path = Path(str(db.engine.url.database)).absolute()
    folders = list(path.parent.glob(f"{path.name}{ENDING}*")) if path.name else []
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
    return len(folders)


@contextmanager
def _in_postgresql() -> Iterator[str]:
    name = f"{db.engine.url.database}{ENDING}{token_hex(4)}"
    with _server() as connection:
        try:
            connection.execute(text(f'CREATE DATABASE "{name}"'))
        except DBAPIError as error:
            raise CannotBeMade from error
    try:
        yield name
    finally:
        with _server() as connection:
            _drop(connection, name)


def _drop(connection: Connection, name: str) -> None:
    connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))


@contextmanager
def _server() -> Iterator[Connection]:
    """Have a connection outside any transaction: a database is made and dropped by itself."""
    with db.engine.connect() as connection:
        yield connection.execution_options(isolation_level="AUTOCOMMIT")
