"""Runs several pieces of work at the same time, each in a thread with its own connection."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, local
from typing import Any

from flask import Flask

from booking.foundation.db import db, retrying, transaction

PATIENCE_SECONDS = 30


def together(app: Flask, works: Sequence[Callable[[], Any]]) -> list[Any]:
    """Start every piece of work at once; return what each returned, or the error it raised."""
    gate = Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        with app.app_context():
            gate.wait(PATIENCE_SECONDS)
            try:
                return work()
            except Exception as error:  # noqa: BLE001 - the test looks at it
                return error
            finally:
                db.session.rollback()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def meeting(act: Callable[..., Any], times: int) -> Callable[..., Any]:
    """Return `act`, after which so many threads wait for each other, each the first time it comes.

    It stands where a guard was taken away: all have read before any goes on, so the race that
    the guard keeps out is seen on every machine, however slow, and not only by luck.
    """
    gate, mine = Barrier(times), local()

    def and_wait(*args: Any, **kwargs: Any) -> Any:
        found = act(*args, **kwargs)
        if not hasattr(mine, "met"):
            mine.met = True
            gate.wait(PATIENCE_SECONDS)
        return found

    return and_wait


def writing(work: Callable[[], Any]) -> Callable[[], Any]:
    """Return the work as a request or job does it: in a transaction, and again if asked to."""

    def unit() -> Any:
        with transaction():
            return work()

    return lambda: retrying(unit)


def errors(results: Sequence[Any]) -> list[str]:
    """Return the names of the errors among results, sorted."""
    return sorted(type(result).__name__ for result in results if isinstance(result, Exception))
