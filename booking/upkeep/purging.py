"""What is no longer needed goes: every feature's rules, run nightly and by `retention purge`."""

from datetime import datetime, timedelta
from itertools import chain

from booking.domain.permissions import WORKER
from booking.foundation import chores, clock
from booking.foundation.audit import service as audit
from booking.foundation.chores import RetentionRule
from booking.foundation.db import transaction

#: The purge runs nightly, so a row may stand this long past its time before the doctor minds.
GRACE = timedelta(days=2)


def rules() -> list[RetentionRule]:
    """Return the rules of every feature."""
    return list(chain.from_iterable(chores.rules()))


def purge(now: datetime | None = None) -> dict[str, int]:
    """Apply every rule, each in a transaction of its own; return how many rows each found."""
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
    """Return how many rows are past their time, by rule: 0 everywhere after a purge."""
    return {rule.name: rule.overdue(now) for rule in rules()}
