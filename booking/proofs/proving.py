"""Proves the parts that are due, one after another, and writes each down once it has ended.

What was not written down was not proved: a worker that was killed leaves nothing half, and the next
begins that part anew.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from booking.domain import proving
from booking.domain.proving import ProofPart
from booking.foundation import chores, clock
from booking.foundation.audit.sealing import Reached
from booking.foundation.db import db, retrying, transaction
from booking.proofs import locks, parts, queries, service
from booking.proofs.details import PROVE, Found, Stopped, Teller

log = logging.getLogger(__name__)
#: The parts that go on where they were proved before, but for once a week.
CHAINS = {ProofPart.TRAIL, ProofPart.LEDGER}
#: Once a turn has taken so long, what is left waits for the next, which is watched anew.
TURN_SECONDS = 20


class Busy(RuntimeError):
    """Somebody else is proving at the moment."""


@dataclass(frozen=True)
class Proved:
    """A part, what was found, and how long it took in seconds."""

    part: ProofPart
    found: Found
    seconds: float


def turn() -> int:
    """Prove what is due, for about twenty seconds; return how many parts that was.

    The very first turn of a new site leaves the worker to what people wait for.
    """
    if not queries.has_run(PROVE) or not _due():
        return 0
    done = 0
    try:
        for _ in prove(_due, whole=False, tell=_to_nobody, seconds=TURN_SECONDS):
            done += 1
    except Busy:
        log.info("another process is proving")
    except Stopped:
        log.info("the worker ends; the next proves what is left")
    return done


def prove(
    which: Callable[[], Iterable[ProofPart]],
    *,
    whole: bool,
    tell: Teller,
    seconds: float | None = None,
) -> Iterator[Proved]:
    """Prove parts and yield each that has ended; `which` is asked once nobody else is proving.

    `whole`: chains from their first row, whenever they last were. With `seconds`, no part is begun
    after so long. A part that breaks off does not keep the others from their turn: its error is
    raised at the end. Raises Busy, and Stopped.
    """
    began, errors = time.monotonic(), []
    with locks.alone() as mine:
        if not mine:
            raise Busy
        db.session.rollback()
        for part in list(which()):
            if seconds is not None and time.monotonic() - began >= seconds:
                break
            try:
                yield _prove(part, whole, tell)
            except Stopped:
                raise
            except Exception as error:
                db.session.rollback()
                log.exception("%s could not be proved", part)
                errors.append(error)
    if errors:
        raise errors[0]


def _prove(part: ProofPart, whole: bool, tell: Teller) -> Proved:
    begun_at, began = clock.now(), time.monotonic()
    after = Reached() if whole or part not in CHAINS else _proved_before(part)
    db.session.rollback()
    if chores.ending.is_set():
        raise Stopped
    found = parts.BY_PART[part](after, tell)
    seconds = time.monotonic() - began
    if found.is_whole and part in CHAINS and not found.broken:
        _compare_with_before(part, found)

    def unit() -> None:
        with transaction():
            service.write_down(
                part,
                found,
                begun_at=begun_at,
                now=clock.now(),
                milliseconds=round(seconds * 1000),
            )

    retrying(unit)
    return Proved(part, found, seconds)


def _proved_before(part: ProofPart) -> Reached:
    """Return how far a chain was proved, or its beginning once a week has passed."""
    if proving.wants_whole(queries.whole_at(part), clock.now()):
        return Reached()
    return _last_reached(part)


def _last_reached(part: ProofPart) -> Reached:
    known = queries.parts().get(part)
    if known is None or known.held is None:
        return Reached()
    held = known.held
    return Reached(held.reached_id, held.reached_hash, held.reached_rows)


def _compare_with_before(part: ProofPart, found: Found) -> None:
    """See that a chain verified from its first row still goes through where it was proved before.

    Whoever can write to the database could make all its hashes anew; not unseen.
    """
    problem = parts.left_behind(part, _last_reached(part))
    found.check(parts.GOES_ON[part], [problem] if problem else [])
    db.session.rollback()


def _due() -> list[ProofPart]:
    now, begun = clock.now(), queries.begun()
    return [part for part in ProofPart if proving.is_due(begun.get(part), now)]


def _to_nobody(_doing: str) -> None:
    """Tell nobody what is done: the worker has no one to tell."""
