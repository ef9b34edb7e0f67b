"""How often something was refused, second by second, counted across all processes.

Only what is judged by its number is counted, and no ordinary page writes here. A quarter of an hour
is counted up to ENOUGH and no further: whoever floods the sign-in causes so many writes, no more.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import current_app, g, has_app_context, has_request_context
from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, mapped_column

from booking.domain.alarms import QUARTER
from booking.foundation import clock, outages
from booking.foundation.db import Model, after_commit, db, insert_into, transaction
from booking.foundation.security.events import SIGN_IN, WEBHOOK, SecurityEvent

#: How long nothing is counted, and nothing asked, once a quarter of an hour is full.
PAUSE = timedelta(minutes=1)
#: More than any alert asks for.
ENOUGH = 100
#: How long a request waits to write a count: nothing depends on it.
SECONDS = 0.5
#: The kinds of counts: wrong sign-ins, also by account; refused messages; forwarded addresses that
#: nobody told us to believe.
SIGN_INS, ACCOUNT, MESSAGES, FORWARDED = "sign_ins", "account", "messages", "forwarded"
#: Which outcome of which event is counted, as what.
OF_EVENTS = {
    (SIGN_IN.name, "failed"): SIGN_INS,
    (SIGN_IN.name, "throttled"): SIGN_INS,
    (WEBHOOK.name, "refused"): MESSAGES,
}
#: Where an application keeps until when each kind has been counted far enough.
FULL = "security_full"


class SecurityCount(Model):
    """How often something of a kind happened in a second; `key` tells whose it is."""

    __tablename__ = "security_counts"

    kind: Mapped[str] = mapped_column(primary_key=True)
    #: A mark of the account, or "" for all together. Never an address.
    key: Mapped[str] = mapped_column(primary_key=True)
    #: When the second began.
    second_at: Mapped[datetime] = mapped_column(primary_key=True, index=True)
    count: Mapped[int]


def of_event(event: SecurityEvent, outcome: str, account: str) -> None:
    """Count an event, if it is one that is counted; the account's count is one of its own."""
    kind = OF_EVENTS.get((event.name, outcome))
    if kind is None or not has_app_context():
        return
    keys = [(kind, "")]
    if account:
        keys.append((ACCOUNT, account))
    _soon(lambda: add(keys, now=clock.now()))


def _soon(write: Callable[[], None]) -> None:
    """Write once the request has been answered, or the transaction has been committed."""
    if has_request_context():
        g.setdefault("counts", []).append(write)
    elif db.session().info.get("writing"):
        after_commit(write)
    else:
        write()


def write_what_waits() -> None:
    """Write what this request has counted; during an outage go on without it."""
    for write in g.pop("counts", ()):
        write()


def add(keys: list[tuple[str, str]], *, now: datetime) -> None:
    """Add one to each count of this second, in a transaction of its own.

    Nothing is added while the last quarter of an hour has as many as anybody asks for.
    """
    kind = keys[0][0]
    full: dict[str, datetime] = current_app.extensions.setdefault(FULL, {})
    until = full.get(kind)
    if until is not None and until - PAUSE <= now < until:
        return
    with outages.tolerated(SECONDS):
        with transaction():
            counted = _lately(*keys[0], now=now)
            if counted < ENOUGH:
                for each, key in keys:
                    _add(each, key, second_of(now))
        if counted + 1 >= ENOUGH:
            full[kind] = now + PAUSE
        else:
            full.pop(kind, None)


def _lately(kind: str, key: str, *, now: datetime) -> int:
    """Return how many there were in the quarter of an hour before a moment."""
    found = select(func.coalesce(func.sum(SecurityCount.count), 0)).where(
        SecurityCount.kind == kind,
        SecurityCount.key == key,
        SecurityCount.second_at > second_of(now) - QUARTER,
    )
    return int(db.session.scalar(found) or 0)


def _add(kind: str, key: str, second: datetime) -> None:
    row = insert_into(SecurityCount).values(kind=kind, key=key, second_at=second, count=1)
    db.session.execute(
        row.on_conflict_do_update(
            index_elements=["kind", "key", "second_at"], set_={"count": SecurityCount.count + 1}
        )
    )


def second_of(moment: datetime) -> datetime:
    """Return when the second began in which a moment is."""
    return moment.replace(microsecond=0)


def since(moment: datetime) -> list[Any]:
    """Return every count of the seconds from that of `moment` on, oldest first."""
    wanted = SecurityCount.second_at >= second_of(moment)
    found = select(SecurityCount).where(wanted).order_by(SecurityCount.second_at)
    return list(db.session.scalars(found))
