"""Throttling: counts live in the database, so that every web process shares them."""

import math
from datetime import timedelta
from importlib.util import find_spec
from typing import Any

from flask import Flask, current_app, request
from limits import RateLimitItem, RateLimitItemPerSecond
from limits.errors import ConfigurationError
from limits.storage import Storage, storage_from_string
from limits.strategies import FixedWindowRateLimiter
from sqlalchemy import case, delete, null, or_, select
from sqlalchemy.orm import Session
from werkzeug.exceptions import TooManyRequests

from booking.domain.limits import Limit
from booking.domain.patience import FORGOTTEN_AFTER, FreeTries
from booking.foundation import clock, outages
from booking.foundation.db import db, insert_into
from booking.foundation.settings import BadSetting
from booking.foundation.web.models import ThrottleCount

#: How many refusals a process remembers.
REFUSED_MAX = 10_000


def init_app(app: Flask) -> None:
    """Let the application count where RATE_LIMIT_URL says."""
    address = app.config["RATE_LIMIT_URL"]
    if address.startswith("redis") and find_spec("redis") is None:
        raise BadSetting(
            "RATE_LIMIT_URL names Redis, whose driver is not installed: "
            "pip install 'fairplace[redis]'."
        )
    try:
        storage = storage_from_string(address)
    except ConfigurationError as error:
        raise BadSetting(f"RATE_LIMIT_URL cannot be used: {error}") from error
    assert isinstance(storage, Storage), "counts are kept by a store that answers at once"
    app.extensions["throttle"] = FixedWindowRateLimiter(storage)
    app.extensions["throttle_refused"] = {}


def limiter() -> FixedWindowRateLimiter:
    """Return the limiter; only what needs limiting asks for it, so no other page pays for it."""
    found: FixedWindowRateLimiter = current_app.extensions["throttle"]
    return found


def rate_of(limit: Limit) -> RateLimitItem:
    """Return a limit of our table as the library counts it."""
    return RateLimitItemPerSecond(limit.times, int(limit.within.total_seconds()))


def here() -> str:
    """Return the internet address that the request comes from, by which much is counted."""
    return request.remote_addr or "127.0.0.1"


def count_visit(limit: Limit, key: str = "") -> None:
    """Count a request that needs no writable database, by `key` or the address that it comes from.

    Raises TooManyRequests.
    """
    with outages.tolerated():
        count(limit, key or here(), remember=True)


def take_out(limit: Limit, key: str) -> None:
    """Take one try out of a count: it was right."""
    limiter().hit(rate_of(limit), limit.name, key, cost=-1)


def forget(limit: Limit, key: str) -> None:
    """Begin a count anew."""
    limiter().clear(rate_of(limit), limit.name, key)


def count(limit: Limit, key: str, *, remember: bool = False) -> None:
    """Count one more try at what `limit` limits for each `key`. Never in a transaction.

    Raises TooManyRequests, which says when to come back. With `remember`, a process that has
    refused goes on refusing until then without counting, so that a flood causes no writes.
    """
    refused: dict[str, float] = current_app.extensions["throttle_refused"]
    rate, name = rate_of(limit), limit.name
    window, now = f"{name}/{key}", clock.now().timestamp()
    if refused.get(window, 0) <= now:
        refused.pop(window, None)
        if limiter().hit(rate, name, key):
            return
        reset_at = limiter().get_window_stats(rate, name, key).reset_time
    else:
        reset_at = refused[window]
    if remember and len(refused) < REFUSED_MAX:
        refused[window] = reset_at
    raise TooManyRequests(retry_after=max(1, int(reset_at - now)))


def tally(name: str, key: str, amount: int, *, within: timedelta) -> int:
    """Add `amount` to a count that starts anew when its time is over, and return the count."""
    return limiter().storage.incr(f"{name}/{key}", int(within.total_seconds()), amount)


def tallied(name: str, key: str) -> int:
    """Return what `tally` has counted."""
    return limiter().storage.get(f"{name}/{key}")


def take_turn(name: str, key: str, patience: FreeTries) -> int:
    """Count one more try at `name` for `key`, and return how many there have been.

    Raises TooManyRequests if the wait after the last one is not over, and then counts nothing. One
    statement decides, so of many at once no more pass than may. Always in the database, which
    alone can do that. Never in a transaction.
    """
    now, whole = clock.now(), f"{name}/{key}"
    past = ThrottleCount.expires_at <= now
    count = case((past, 1), else_=ThrottleCount.count + 1)
    last = patience.free + patience.steps
    # Free tries wait for nothing, not even for a clock that is a moment ahead of another's.
    free = (count < patience.free, null())
    waits = [(count < n + 1, now + patience.wait(n)) for n in range(patience.free, last)]
    first = insert_into(ThrottleCount).values(
        key=whole,
        count=1,
        expires_at=now + FORGOTTEN_AFTER,
        open_at=now + patience.wait(1) if patience.wait(1) else None,
    )
    more = first.on_conflict_do_update(
        index_elements=["key"],
        set_={
            "count": count,
            "expires_at": now + FORGOTTEN_AFTER,
            "open_at": case(free, *waits, else_=now + patience.wait(last)),
        },
        where=or_(past, ThrottleCount.open_at.is_(None), ThrottleCount.open_at <= now),
    ).returning(ThrottleCount.count)
    with _writing() as session:
        taken = session.execute(more).scalar_one_or_none()
        if taken is not None:
            return int(taken)
        row = session.get_one(ThrottleCount, whole)
        wait = ((row.open_at or now) - now).total_seconds()
    raise TooManyRequests(retry_after=max(1, math.ceil(wait)))


def give_back(name: str, key: str) -> None:
    """Forget the tries at `name` for `key`: one of them was right."""
    with _writing() as session:
        session.execute(delete(ThrottleCount).where(ThrottleCount.key == f"{name}/{key}"))


class DatabaseStorage(Storage):
    """The limits library's storage interface over the table `throttle_counts`.

    Each count is a transaction of its own, because it must stay even when the request fails.
    """

    STORAGE_SCHEME = ["database"]  # noqa: RUF012 - the library's own attribute

    @property
    def base_exceptions(self) -> type[Exception]:
        """Return what the library may treat as a failing storage."""
        return Exception

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Add `amount` to `key` and return the count; a window that has passed starts again."""
        now = clock.now()
        row = insert_into(ThrottleCount).values(
            key=key, count=amount, expires_at=now + timedelta(seconds=expiry)
        )
        past = ThrottleCount.expires_at <= now
        upsert = row.on_conflict_do_update(
            index_elements=["key"],
            set_={
                "count": case((past, amount), else_=ThrottleCount.count + amount),
                "expires_at": case((past, row.excluded.expires_at), else_=ThrottleCount.expires_at),
            },
        ).returning(ThrottleCount.count)
        with _writing() as session:
            return int(session.execute(upsert).scalar_one())

    def get(self, key: str) -> int:
        """Return the count of `key` in its current window."""
        with _writing() as session:
            row = session.get(ThrottleCount, key)
            return row.count if row is not None and row.expires_at > clock.now() else 0

    def get_expiry(self, key: str) -> float:
        """Return when the window of `key` ends, in seconds since 1970."""
        with _writing() as session:
            row = session.get(ThrottleCount, key)
            return (row.expires_at if row is not None else clock.now()).timestamp()

    def check(self) -> bool:
        """Return whether the storage is working."""
        with _writing() as session:
            return bool(session.execute(select(1)).scalar_one())

    def reset(self) -> int | None:
        """Forget every count."""
        with _writing() as session:
            result: Any = session.execute(delete(ThrottleCount))
            return int(result.rowcount)

    def clear(self, key: str) -> None:
        """Forget the count of `key`."""
        with _writing() as session:
            session.execute(delete(ThrottleCount).where(ThrottleCount.key == key))


class _writing:  # noqa: N801 - reads as a statement
    """Yield a short session of its own, committed at once, separate from the request's."""

    def __enter__(self) -> Session:
        db.session.rollback()  # otherwise a reader waits for its own connection for ever
        engine = db.engine.execution_options(writing=True)
        self.session = Session(engine, info={"writing": True})
        return self.session

    def __exit__(self, kind: Any, *_rest: Any) -> None:
        with self.session:
            self.session.rollback() if kind else self.session.commit()
