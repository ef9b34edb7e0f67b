"""Moves all that a database holds into another one: SQLite to PostgreSQL, or back.

The rows are copied in one transaction of the target, so a move that is interrupted leaves nothing
of them behind. Until then the target is marked, and no web server or worker takes it for a
database.
"""

from collections.abc import Callable

from flask import Flask
from sqlalchemy import text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from booking.foundation import outages, schema
from booking.foundation.db import db
from booking.upkeep.moving import ends, rows
from booking.upkeep.moving.ends import MoveRefused, exists

__all__ = ["MoveFailed", "MoveRefused", "exists", "move"]

#: How many tables are named that differ.
NAMED_MAX = 3
#: Told what is being done, again and again.
Teller = Callable[[str], object]


class MoveFailed(RuntimeError):
    """Not everything could be copied; the target holds nothing of it. The message says why."""


def move(source: Flask, target: Flask, *, tell: Teller) -> dict[str, int]:
    """Copy all rows of one application's database into another's; return how many, by table.

    Raises MoveRefused before anything has changed, and MoveFailed if something cannot be copied.
    """
    ends.refuse_same(source, target)
    with source.app_context():
        reading_from = db.engine
    with target.app_context():
        into = db.engine
    try:
        with source.app_context():
            ends.check_source()
        with target.app_context():
            ends.check_target()
            tell("Preparing the tables")
            ends.prepare()
        return _copied(reading_from, into, tell)
    except DBAPIError as error:
        raise MoveFailed(f"{outages.cause(error)}. Nothing was moved.") from error
    finally:
        reading_from.dispose()
        into.dispose()


def _copied(reading_from: Engine, into: Engine, tell: Teller) -> dict[str, int]:
    with (
        reading_from.connect() as one,
        rows.snapshot(one) as reading,
        into.execution_options(writing=True).begin() as writing,
    ):
        counts = _copy_all(rows.Copy(reading, writing), tell)
        writing.execute(text(schema.FINISHED))
    return counts


def _copy_all(copy: rows.Copy, tell: Teller) -> dict[str, int]:
    tables, counts = db.metadata.sorted_tables, {}
    with rows.without_triggers(copy.writing):
        rows.empty(copy.writing)
        for number, table in enumerate(tables, start=1):
            done = 0
            for batch in copy.batches(table):
                done += batch
                tell(f"Copying {table.name}, table {number} of {len(tables)}: {done:,} rows")
            counts[table.name] = done
    tell("Comparing the tables")
    rows.set_sequences(copy.writing)
    different = [
        f"{table.name} has {there:,} rows in place of {counts[table.name]:,}"
        for table in tables
        if (there := rows.count(copy.writing, table)) != counts[table.name]
        or there != rows.count(copy.reading, table)
    ]
    if different:
        raise MoveFailed(f"{'; '.join(different[:NAMED_MAX])}. Nothing was moved.")
    return counts
