"""Checks that the database is intact, and that nothing in it is kept too long."""

from collections.abc import Iterable, Sequence

from sqlalchemy import text

from booking.foundation import clock
from booking.foundation.chores import Check
from booking.foundation.db import db
from booking.upkeep import purging


def checks() -> Sequence[Check]:
    """Return the doctor's checks on the whole database."""
    return (
        Check("Nothing is kept too long", _overdue),
        Check("The database is intact", _sqlite_integrity),
    )


def _overdue() -> Iterable[str]:
    for name, count in purging.overdue(clock.now() - purging.GRACE).items():
        if count:
            yield f"{name}: {count} rows should have been deleted; run `flask retention purge`"


def _sqlite_integrity() -> Iterable[str]:
    if db.engine.dialect.name != "sqlite":
        return
    for (answer,) in db.session.execute(text("PRAGMA integrity_check")):
        if answer != "ok":
            yield f"SQLite: {answer}"
    for row in db.session.execute(text("PRAGMA foreign_key_check")):
        yield f"SQLite: {row[0]} row {row[1]} refers to a missing {row[2]}"
