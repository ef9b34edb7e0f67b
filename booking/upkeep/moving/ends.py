"""What both ends of a move have to be, before anything is copied."""

from pathlib import Path

import flask_migrate
from flask import Flask
from sqlalchemy import func, inspect, select, text
from sqlalchemy.engine import URL, make_url

from booking.domain import english
from booking.foundation import schema
from booking.foundation.db import db
from booking.upkeep import users

#: What migrations themselves write into an empty database.
OF_MIGRATIONS = {"funds", "help_areas", "themes"}


class MoveRefused(RuntimeError):
    """One of the two databases is not as it must be; the message says why, and what to do."""


def refuse_same(source: Flask, target: Flask) -> None:
    """Raise MoveRefused if both ends are one database."""
    if _place(source) == _place(target):
        raise MoveRefused("Both addresses name the same database.")


def check_source() -> None:
    """Raise MoveRefused unless this database is up to date and nobody has it open."""
    _refuse_in_use("The database to move")
    if problem := schema.problem():
        raise MoveRefused(f"Nothing can be moved yet. {problem}")


def check_target() -> None:
    """Raise MoveRefused unless this database is empty and nobody has it open."""
    _refuse_in_use("The database to fill")
    present = set(inspect(db.engine).get_table_names())
    if present and "alembic_version" not in present:
        raise MoveRefused("The database to fill holds tables of another program. Make a new one.")
    held = [name for name in db.metadata.tables if name in present - OF_MIGRATIONS and _holds(name)]
    if held:
        some = english.listed(sorted(held)[:3])
        raise MoveRefused(
            f"The database to fill already holds rows ({some}). Move into an empty one."
        )


def prepare() -> None:
    """Migrate the target as far as this version goes, and mark it until it is filled."""
    if inspect(db.engine).has_table("alembic_version"):
        with db.engine.execution_options(writing=True).begin() as connection:
            connection.execute(text(schema.FINISHED))  # of a move that was interrupted
    if schema.problem().endswith(schema.UPGRADE):
        flask_migrate.upgrade()
    if problem := schema.problem():
        raise MoveRefused(f"The database to fill cannot be used. {problem}")
    with db.engine.execution_options(writing=True).begin() as connection:
        connection.execute(text(schema.UNFINISHED))
    db.engine.dispose()


def exists(address: str) -> bool:
    """Return whether there is a file, if it is an address of SQLite's."""
    url = make_url(address)
    return url.get_backend_name() != "sqlite" or Path(url.database or "").is_file()


def _refuse_in_use(which: str) -> None:
    if others := users.of_database():
        raise MoveRefused(
            f"{which} is in use by {others}. Stop the web server and the worker, and try again."
        )


def _holds(name: str) -> bool:
    with db.engine.connect() as connection:
        found = select(func.count()).select_from(db.metadata.tables[name])
        return bool(connection.execute(found).scalar_one())


def _place(app: Flask) -> URL | Path:
    url = make_url(app.config["DATABASE_URL"])
    if url.get_backend_name() == "sqlite":
        return Path(url.database or "").resolve()
    return url.set(drivername="postgresql")
