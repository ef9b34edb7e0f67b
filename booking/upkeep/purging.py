"""Deletes what is no longer needed: every feature's rules, nightly and by `retention purge`."""

from datetime import datetime, timedelta
from itertools import chain

from booking.domain.permissions import WORKER
from booking.foundation import chores, clock
from booking.foundation.audit import service as audit
from booking.foundation.chores import RetentionRule
from booking.foundation.db import transaction

#: The purge runs nightly, so a row may be this late before the doctor complains.
GRACE = timedelta(days=2)


def rules() -> list[RetentionRule]:
    """Return every feature's rules."""
    return list(chain.from_iterable(chores.rules()))


def purge(now: datetime | None = None) -> dict[str, int]:
    """Apply every rule, each in its own transaction; return how many rows each found."""
    moment = now or clock.now()
    found: dict[str, int] = {}
    for rule in rules():
        with transaction():
            count = rule.overdue(moment)
            found[rule.name] = count
            if count:
                rule.purge(moment)
                _record(rule, count)
    return found


def _record(rule: RetentionRule, count: int) -> None:
    audit.note(actor=WORKER, action="purge", about=rule.name, rows=count)


def overdue(now: datetime) -> dict[str, int]:
    """Return how many rows should have been deleted, by rule: none after a purge."""
    return {rule.name: rule.overdue(now) for rule in rules()}
