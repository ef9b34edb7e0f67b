"""Seals append-only tables into hash chains, and verifies them: for the audit trail and the ledger.

Writers never wait for one another: rows are sealed later, in id order, by the worker.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from booking.domain import chain
from booking.foundation.audit import locks
from booking.foundation.db import db

BATCH = 1000
#: How many seals are verified in one go.
SEALS = 10


@dataclass(frozen=True)
class Chain:
    """An append-only table, the table of its seals, and how a row becomes bytes."""

    model: type[Any]
    seal_model: type[Any]
    row_bytes: Callable[[Any], bytes]
    #: Relationships that `row_bytes` reads, loaded with the rows.
    options: Sequence[Any] = ()

    @property
    def row_id(self) -> Any:
        """Return the id column of the sealed table."""
        return self.model.id


def seal_next(of: Chain, *, now: datetime) -> int:
    """Seal the next batch of rows within the caller's transaction; return how many."""
    locks.writers(of.model.__tablename__)
    newest = db.session.scalar(select(of.seal_model).order_by(of.seal_model.id.desc()).limit(1))
    after, previous = (newest.last_id, newest.hash) if newest else (0, chain.GENESIS)
    rows = db.session.scalars(
        select(of.model)
        .where(of.row_id > after)
        .order_by(of.row_id)
        .limit(BATCH)
        .options(*of.options)
    ).all()
    if not rows:
        return 0
    made = chain.seal(previous, [(row.id, of.row_bytes(row)) for row in rows])
    db.session.add(
        of.seal_model(
            first_id=made.first_id,
            last_id=made.last_id,
            previous_hash=made.previous_hash,
            hash=made.hash,
            marks=[[mark.row_id, mark.hash] for mark in made.marks],
            sealed_at=now,
        )
    )
    return len(rows)


@dataclass(frozen=True)
class Reached:
    """How far a chain has been verified: the last row, the chain's hash after it, how many rows."""

    last_id: int = 0
    hash: str = chain.GENESIS
    rows: int = 0


def first_broken(of: Chain) -> chain.Broken | None:
    """Return the first row that disagrees with its seal, or None. Reads only."""
    reached = Reached()
    while True:
        further, broken = verify_next(of, reached)
        if broken or further == reached:
            return broken
        reached = further


def verify_next(of: Chain, after: Reached) -> tuple[Reached, chain.Broken | None]:
    """Verify the next few seals and their rows; return how far that is, and the first broken row.

    It is as far as before once there is no more. A chain that no longer has what was verified
    before is broken, too: somebody has made all its hashes anew, or cut it short.
    """
    if after.last_id and not goes_through(of, after):
        gone = "the chain no longer goes through it as it did when it was verified before"
        return after, chain.Broken(after.last_id, gone)
    found = db.session.scalars(
        select(of.seal_model)
        .where(of.seal_model.last_id > after.last_id)
        .order_by(of.seal_model.id)
        .limit(SEALS)
    ).all()
    if not found:
        return after, None
    seals = [_plain(row) for row in found]
    rows = _rows(of, after.last_id, seals[-1].last_id)
    broken = chain.first_broken(seals, rows, previous_hash=after.hash)
    for row in found:
        db.session.expunge(row)
    count = sum(len(each.marks) for each in seals)
    return Reached(seals[-1].last_id, seals[-1].hash, after.rows + count), broken


def goes_through(of: Chain, reached: Reached) -> bool:
    """Return whether a chain has a seal that ends at that row, in that hash."""
    seal = of.seal_model
    found = select(seal.id).where(seal.last_id == reached.last_id, seal.hash == reached.hash)
    return db.session.scalar(found) is not None


def _plain(row: Any) -> chain.Seal:
    marks = tuple(chain.ChainMark(int(row_id), str(digest)) for row_id, digest in row.marks)
    return chain.Seal(row.first_id, row.last_id, row.previous_hash, row.hash, marks)


def _rows(of: Chain, after: int, last_id: int) -> Iterator[tuple[int, bytes]]:
    while True:
        batch = db.session.scalars(
            select(of.model)
            .where(of.row_id > after, of.row_id <= last_id)
            .order_by(of.row_id)
            .limit(BATCH)
            .options(*of.options)
            .execution_options(populate_existing=True)
        ).all()
        if not batch:
            return
        for row in batch:
            yield row.id, of.row_bytes(row)
        after = batch[-1].id
        for row in batch:
            db.session.expunge(row)


def unsealed(of: Chain) -> int:
    """Return how many rows are waiting for a seal."""
    last = db.session.scalar(select(func.max(of.seal_model.last_id))) or 0
    return db.session.scalar(select(func.count()).where(of.row_id > last)) or 0


def oldest_unsealed(of: Chain, at: Any) -> datetime | None:
    """Return when the oldest row that waits for a seal was written, in its column `at`."""
    last = select(func.coalesce(func.max(of.seal_model.last_id), 0)).scalar_subquery()
    found: datetime | None = db.session.scalar(
        select(at).where(of.row_id > last).order_by(of.row_id).limit(1)
    )
    return found
