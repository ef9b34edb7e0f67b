"""Deletes what is no longer needed: every feature's rules, hourly and by `retention purge`.

Each rule works in batches, each a short transaction, so that the site goes on meanwhile and a
purge that was stopped goes on where it was.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import chain

from booking.domain.permissions import WORKER
from booking.foundation import chores, clock
from booking.foundation.audit import service as audit
from booking.foundation.chores import RetentionRule
from booking.foundation.db import retrying, transaction, wipe_log
from booking.upkeep import replaying

#: The purge runs hourly, so a row may be this late before the doctor complains.
GRACE = timedelta(days=2)
#: About how many rows go in one transaction.
BATCH = 500
#: Hears how far a rule has got: its name, and how many rows it has done, at first none.
Progress = Callable[[str, int], None]


def rules() -> list[RetentionRule]:
    """Return every feature's rules."""
    return list(chain.from_iterable(chores.rules()))


def purge(
    now: datetime | None = None, *, tell: Progress | None = None, batch: int = BATCH
) -> dict[str, int]:
    """Apply every rule, and erase again who is back from an older copy; return rows by rule."""
    moment = now or clock.now()
    found: dict[str, int] = {}
    try:
        for rule in rules():
            found[rule.name] = 0
            if tell:
                tell(rule.name, 0)
            for done in _batches(rule, moment, batch):
                found[rule.name] += done
                if tell:
                    tell(rule.name, found[rule.name])
    finally:
        _record(found)
    replaying.repeat(moment)
    return found


def _batches(rule: RetentionRule, now: datetime, batch: int) -> Iterator[int]:
    if not rule.overdue(now):
        return
    while not chores.ending.is_set():
        done = retrying(partial(_batch, rule, now, batch))
        if not done:
            return
        yield done


def _batch(rule: RetentionRule, now: datetime, batch: int) -> int:
    with transaction():
        return rule.purge(now, batch)


def _record(found: dict[str, int]) -> None:
    """Write down in one entry how many rows went; never what they said."""
    kinds = {name: count for name, count in found.items() if count}
    if kinds:
        with transaction():
            audit.note(
                actor=WORKER, action="purge", about="purge", rows=sum(kinds.values()), kinds=kinds
            )
        wipe_log()


def overdue(now: datetime) -> dict[str, int]:
    """Return how many rows should have been deleted, by rule: none after a purge."""
    return {rule.name: rule.overdue(now) for rule in rules()}
