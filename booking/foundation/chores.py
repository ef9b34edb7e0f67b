"""What features hand to those who keep the site: rules of retention, checks, the worker's jobs.

`upkeep` applies the rules and runs the checks; the worker does the jobs. None of them knows a
feature: each provides its own, from `retention.py`, `soundness.py` and `jobs.py` in its folder.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from threading import Event
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    delete,
    exists,
    func,
    inspect,
    select,
    text,
    tuple_,
    update,
)

from booking.domain.keeping import KeptRow
from booking.foundation import clock, holdings
from booking.foundation.db import db, retrying, transaction
from booking.foundation.ports import Port

#: A sweep works in batches, each a transaction of its own; it stops after so many.
BATCHES_MAX = 200
#: Set when the worker is to end: a long job then stops between two pieces of its work.
ending = Event()
#: Conditions on the rows that are past their time at an instant; all have to hold.
Past = Callable[[datetime], Sequence[Any]]


@dataclass(frozen=True)
class RetentionRule:
    """One kind of data: what it is, what promises that it goes, and what finds and removes it."""

    name: str
    #: Its row in the table of what is kept, with the reason and the time.
    kept: KeptRow
    #: Returns how many rows are past their time at the given instant; reads only.
    overdue: Callable[[datetime], int]
    #: Removes about so many of them within the caller's transaction; returns how many it did.
    purge: Callable[[datetime, int], int]


@dataclass(frozen=True)
class Check:
    """One invariant: what must be true, and what finds the rows for which it is not."""

    promise: str
    problems: Callable[[], Iterable[str]]
    #: The only kind of database that it can be asked of ("sqlite"); empty means any.
    engine: str = ""
    #: Whether the nightly proof has a part of its own for it, which tells more.
    proved_apart: bool = False
    #: Whether it is about this moment or this machine, so that it means nothing in an older copy.
    of_now: bool = False


class Lane(StrEnum):
    """Which queue and thread of the worker a job has; no lane waits for another."""

    USUAL = "usual"
    #: What waits for other computers, one after another.
    APART = "apart"
    #: What reads for minutes.
    LONG = "long"


@dataclass(frozen=True)
class Job:
    """Something the worker does every so many minutes."""

    name: str
    every_minutes: int
    run: Callable[[], object]
    lane: Lane = Lane.USUAL


@dataclass(frozen=True)
class Undone:
    """Work that a job should have done by now, as far as one cheap read can tell."""

    #: What it is, as a sentence begins: "The oldest entry of the ledger without a seal is".
    what: str
    #: Since when it has been waiting.
    since: datetime


class Turn(IntEnum):
    """When a job's turn is where all are run in a row; most have none of their own."""

    MAIL = 10
    MONEY = 20
    PLACES = 30
    LEDGER_SEALED = 80
    #: After all that is recorded in it.
    TRAIL_SEALED = 85
    CLEARED_UP = 90
    #: After what is no longer needed has gone.
    PROVED = 92
    #: After all others, because it looks at how they went.
    LOOKED_AFTER = 95


@Port
def rules() -> Sequence[RetentionRule] | None:
    """Return what of a feature's data goes, and when."""


@Port
def checks() -> Sequence[Check] | None:
    """Return what has to be true of a feature's data at any moment."""


@Port
def undone() -> Sequence[Undone] | None:
    """Return the oldest piece of each kind of work that a feature's jobs have not done yet."""


@Port
def jobs() -> Sequence[Job] | None:
    """Return what the worker does for a feature; its provider's order is a Turn."""


def deleting(name: str, kept: KeptRow, model: Any, past: Past) -> RetentionRule:
    """Return a rule that deletes the rows of `model` that are past their time."""
    past = _but_for_claims(model, past)

    def purge(now: datetime, limit: int) -> int:
        return _done(delete(model).where(_some(model, past(now), limit)))

    return RetentionRule(name, kept, _counting(model, past), purge)


def emptying(
    name: str,
    kept: KeptRow,
    model: Any,
    past: Past,
    values: Callable[[datetime], Mapping[str, Any]],
) -> RetentionRule:
    """Return a rule that keeps such rows of `model`, with these values in place of its own."""
    past = _but_for_claims(model, past)

    def purge(now: datetime, limit: int) -> int:
        some = _some(model, past(now), limit)
        return _done(update(model).where(some).values(**values(now)))

    return RetentionRule(name, kept, _counting(model, past), purge)


def _but_for_claims(model: Any, past: Past) -> Past:
    """Leave the rows of whom everything is kept for a legal claim (Article 18(1)(c))."""
    return lambda now: [*past(now), ~holdings.restricted(model, for_claim=True)]


_UNLOADED = {"synchronize_session": False}


def _some(model: Any, conditions: Sequence[Any], limit: int) -> ColumnElement[bool]:
    """Return the condition that a row is one of the first so many that fulfil others."""
    key = inspect(model).primary_key
    found = select(*key).where(*conditions).limit(limit)
    return tuple_(*key).in_(found) if len(key) > 1 else key[0].in_(found)


def _done(statement: Any) -> int:
    result: Any = db.session.execute(statement, execution_options=_UNLOADED)
    return int(result.rowcount)


def _counting(model: Any, past: Past) -> Callable[[datetime], int]:
    def overdue(now: datetime) -> int:
        counted = select(func.count()).select_from(model).where(*past(now))
        return db.session.scalar(counted) or 0

    return overdue


def referring(model: Any, *, but: Collection[str] = ()) -> list[Column[Any]]:
    """Return every column of any table that refers to a row of `model`, but for these tables."""
    return [
        column
        for table in db.metadata.sorted_tables
        if table.name not in but
        for column in table.columns
        if any(key.column.table is model.__table__ for key in column.foreign_keys)
    ]


def unreferenced(model: Any, *, but: Collection[str] = ()) -> list[ColumnElement[bool]]:
    """Return the conditions that nothing refers to a row of `model`, but for these tables."""
    return [
        ~exists().where(column == inspect(model).primary_key[0])
        for column in referring(model, but=but)
    ]


def delete_all(table: Any, condition: ColumnElement[bool]) -> None:
    """Delete rows of a table in the caller's transaction, with whatever cannot be without them."""
    key = next(iter(table.primary_key))
    for other in db.metadata.sorted_tables:
        for column in other.columns:
            if any(each.column is key for each in column.foreign_keys):
                _release(column, column.in_(select(key).where(condition)))
    db.session.execute(delete(table).where(condition), execution_options=_UNLOADED)


def let_go(column: Column[Any], ids: Sequence[int]) -> None:
    """Let rows that refer to these be of nobody, or go with them where that cannot be."""
    _release(column, column.in_(ids))


def _release(column: Column[Any], condition: ColumnElement[bool]) -> None:
    if column.nullable:
        emptied = update(column.table).where(condition).values({column.name: None})
        db.session.execute(emptied, execution_options=_UNLOADED)
    else:
        delete_all(column.table, condition)


def found_by(statement: str, words: str) -> Callable[[], Iterable[str]]:
    """Return what reports each row of a statement, put into `words`: for a check."""

    def problems() -> Iterable[str]:
        for row in db.session.execute(text(statement)):
            yield words.format(*row)

    return problems


def in_batches(sweep: Callable[..., int]) -> Callable[[], int]:
    """Return what runs `sweep(now=…)` in transactions of its own until nothing is left."""

    def unit() -> int:
        with transaction():
            return sweep(now=clock.now())

    def run() -> int:
        total = 0
        for _ in range(BATCHES_MAX):
            done = retrying(unit)
            total += done
            if not done:
                break
        return total

    return run


def once(sweep: Callable[[datetime], object]) -> Callable[[], object]:
    """Return what runs `sweep(now)`, which opens its own transactions."""
    return lambda: sweep(clock.now())
