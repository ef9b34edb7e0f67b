"""How often something was refused in each quarter of an hour, counted across all processes.

Only what is judged by its number is counted, and no ordinary page writes here. A quarter is counted
up to ENOUGH and no further: whoever floods the sign-in causes so many writes and no more.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import current_app, g, has_app_context, has_request_context
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from booking.foundation import clock, outages
from booking.foundation.db import Model, after_commit, db, insert_into, transaction
from booking.foundation.security.events import SIGN_IN, WEBHOOK, SecurityEvent

QUARTER = timedelta(minutes=15)
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
#: Where an application keeps which quarters have been counted far enough.
FULL = "security_full"


class SecurityCount(Model):
    """How often something of a kind happened in a quarter of an hour; `key` tells whose it is."""

    __tablename__ = "security_counts"

    kind: Mapped[str] = mapped_column(primary_key=True)
    #: A mark of the account, or "" for all together. Never an address.
    key: Mapped[str] = mapped_column(primary_key=True)
    #: When the quarter of an hour began.
    quarter_at: Mapped[datetime] = mapped_column(primary_key=True, index=True)
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
    """Add one to each count of this quarter, in a transaction of its own, if it is not full."""
    quarter = quarter_of(now)
    full: set[tuple[str, datetime]] = current_app.extensions.setdefault(FULL, set())
    if (keys[0][0], quarter) in full:
        return
    with outages.tolerated(SECONDS):
        with transaction():
            counted = max(_add(kind, key, quarter) for kind, key in keys)
        if counted >= ENOUGH:
            full.clear()  # only this quarter counts from now on
            full.add((keys[0][0], quarter))


def _add(kind: str, key: str, quarter: datetime) -> int:
    row = insert_into(SecurityCount).values(kind=kind, key=key, quarter_at=quarter, count=1)
    more = row.on_conflict_do_update(
        index_elements=["kind", "key", "quarter_at"], set_={"count": SecurityCount.count + 1}
    )
    return int(db.session.execute(more.returning(SecurityCount.count)).scalar_one())


def quarter_of(moment: datetime) -> datetime:
    """Return when the quarter of an hour began in which a moment is."""
    return moment.replace(minute=moment.minute - moment.minute % 15, second=0, microsecond=0)


def since(moment: datetime) -> list[Any]:
    """Return every count of the quarters from that of `moment` on, oldest first."""
    wanted = SecurityCount.quarter_at >= quarter_of(moment)
    found = select(SecurityCount).where(wanted).order_by(SecurityCount.quarter_at)
    return list(db.session.scalars(found))
