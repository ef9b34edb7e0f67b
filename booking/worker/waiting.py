"""Waits for what the worker needs and is not there yet: its database, migrated, and its queue."""

import logging
import time
from collections.abc import Callable
from typing import TypeVar

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from booking.foundation import schema
from booking.foundation.db import db

log = logging.getLogger(__name__)
T = TypeVar("T")
#: How long to wait before each new try, in seconds; the last one repeats.
PAUSES = (1, 2, 4, 8, 15, 30)
#: How often to say so.
SAY_EVERY = 60


class NotReady(RuntimeError):
    """Something is missing that may still come; the message says what."""


def until_ready(make: Callable[[], T], *, sleep: Callable[[float], object] = time.sleep) -> T:
    """Return what `make` makes, trying again with growing pauses while it raises NotReady."""
    tries, waited, said_at = 0, 0, -SAY_EVERY
    while True:
        try:
            return make()
        except NotReady as error:
            if waited - said_at >= SAY_EVERY:
                log.warning("the worker is waiting: %s", error)
                said_at = waited
        pause = PAUSES[min(tries, len(PAUSES) - 1)]
        sleep(pause)
        tries, waited = tries + 1, waited + pause


def check_database(app: Flask) -> None:
    """Raise NotReady unless the database answers and has been migrated."""
    with app.app_context():
        try:
            problem = schema.problem()
        except SQLAlchemyError as error:
            db.session.rollback()
            raise NotReady(f"the database does not answer ({type(error).__name__})") from error
    if problem:
        raise NotReady(problem)


def made(make: Callable[[], T]) -> T:
    """Return what `make` makes. Raises NotReady for whatever its driver raises."""
    try:
        return make()
    except Exception as error:
        raise NotReady(f"the queue does not answer ({type(error).__name__})") from error
