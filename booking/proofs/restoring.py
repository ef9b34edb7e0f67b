"""Tries a copy of the database out: restores it into one to be thrown away, and looks at it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import current_app
from sqlalchemy import select

from booking.foundation import chores, schema
from booking.foundation.audit import sealing
from booking.foundation.audit import service as audit
from booking.foundation.audit.sealing import Chain
from booking.foundation.db import db
from booking.money.fund import service as fund
from booking.proofs import queries, throwaway
from booking.proofs.details import Found, Stopped, Teller, WhyNot
from booking.upkeep import age, backup, contents, copies, doctor
from booking.upkeep.contents import Contents

WHOLE = "The newest copy is the one that was made, and can be restored"
SAME = "A restored copy has the rows, and ends in the hashes, that it had when it was made"
OURS = "What a restored copy was sealed with is in this database's chains"
SOUND = "The doctor finds nothing wrong in a restored copy: "
CHAINS = (audit.CHAIN, fund.CHAIN)
#: The newest seal of each chain in a copy: where it is, and its hash.
Heads = list[tuple[Chain, int, str]]


def try_out(tell: Teller) -> Found:
    """Restore the newest copy that was written down, and compare; or say why that cannot be."""
    known = queries.newest_copy()
    if known is None:
        return Found(reason=WhyNot.NO_COPY)
    if not known.path:
        return Found(reason=WhyNot.ELSEWHERE)
    path, digest = Path(known.path), known.digest
    db.session.rollback()
    try:
        there = copies.contents_beside(path).exists() and path.stat().st_size > 0
    except OSError:
        there = False
    if not there:
        return Found(reason=WhyNot.AWAY)
    if age.is_encrypted(path):
        return Found(reason=WhyNot.LOCKED)
    return examine(path, digest=digest, key=None, tell=tell)


def examine(path: Path, *, digest: str, key: Path | None, tell: Teller) -> Found:
    """Restore the copy at `path` and compare; `digest` is its SHA-256, if that is known.

    `key` is the file of its private key, if it is encrypted. What it ends in is looked for in this
    database only if the copy is known to be its own, by `digest`.
    """
    found = Found()
    if digest and backup.checksum(path) != digest:
        found.check(WHOLE, ["it is not the file that was written"])
        return found
    try:
        with throwaway.made() as address:
            heads = _examine(path, address, key, found, tell)
    except throwaway.CannotBeMade:
        return Found(reason=WhyNot.NO_ROOM)
    if digest and heads and not found.reason:
        found.check(OURS, _foreign(heads))
    return found


def _examine(path: Path, address: str, key: Path | None, found: Found, tell: Teller) -> Heads:
    """Do so in the database at `address`; return what its chains end in."""
    with _another(address):
        tell("Restoring the newest copy")
        try:
            backup.restore(path, key=key)
        except (backup.RestoreRefused, backup.BackupFailed) as error:
            found.check(WHOLE, [str(error)])
            return []
        found.check(WHOLE, [])
        held = _held()
        found.counted = sum(held.rows.values())
        stated = copies.contents_beside(path).read_text().split()[:1]
        found.check(SAME, [] if stated == [held.digest] else ["it holds something else"])
        if schema.problem():
            found.reason = WhyNot.OTHER_VERSION
            return []
        _ask_doctor(found, tell)
        return [each for each in map(_head, CHAINS) if each is not None]


@contextmanager
def _another(address: str) -> Iterator[None]:
    """Act on another database for a while, and let go of it."""
    app = current_app.extensions["on_database"](address)
    with app.app_context():
        try:
            yield
        finally:
            db.session.rollback()
            db.engine.dispose()


def _held() -> Contents:
    with db.engine.connect() as connection:
        return contents.of(connection)


def _ask_doctor(found: Found, tell: Teller) -> None:
    for check in doctor.checks():
        if check.of_now or not doctor.can_be_asked(check):
            continue
        tell(f"In the copy: {check.promise}")
        found.check(f"{SOUND}{check.promise}", list(check.problems()))
        db.session.rollback()
        if chores.ending.is_set():
            raise Stopped


def _head(of: Chain) -> tuple[Chain, int, str] | None:
    seal = of.seal_model
    row = db.session.execute(
        select(seal.last_id, seal.hash).order_by(seal.id.desc()).limit(1)
    ).first()
    return (of, row[0], row[1]) if row else None


def _foreign(heads: Heads) -> list[str]:
    """Return each chain of a copy that this database's own does not go through."""
    wrong = [
        of.model.__tablename__
        for of, last_id, digest in heads
        if not sealing.goes_through(of, sealing.Reached(last_id, digest))
    ]
    db.session.rollback()
    return wrong
