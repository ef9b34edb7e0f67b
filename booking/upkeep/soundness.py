"""Checks that the database is intact, and that nothing in it is kept too long."""

from collections.abc import Iterable, Sequence

from sqlalchemy import text

from booking.domain.english import plural
from booking.foundation import clock
from booking.foundation.audit import erasures
from booking.foundation.chores import Check
from booking.foundation.db import db
from booking.upkeep import encrypted, purging, replaying


def checks() -> Sequence[Check]:
    """Return the doctor's checks on the whole database."""
    return (
        Check("Nothing is kept too long", _overdue, of_now=True),
        Check("Whoever was erased is erased in this database too", _to_erase_again, of_now=True),
        Check("Everything encrypted can be read in its place", encrypted.unreadable),
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


def _sqlite_integrity() -> Iterable[str]:
    for (answer,) in db.session.execute(text("PRAGMA integrity_check")):
        if answer != "ok":
            yield f"SQLite: {answer}"
    for row in db.session.execute(text("PRAGMA foreign_key_check")):
        yield f"SQLite: {row[0]} row {row[1]} refers to a missing {row[2]}"
