"""The guards that a control run takes away, to show that the counting can fail.

Each is named after what it guards; without it, a run must find violations.
"""

from collections.abc import Callable
from itertools import count
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection

from booking.foundation.web import once

#: Without that guard, one commit in so many is only said to have been made.
FORGOTTEN = 8


def take_away(name: str) -> None:
    """Take one guard away from this process; nothing if `name` is empty."""
    if name:
        GUARDS[name]()


def _forms() -> None:
    """Let the same form act as often as it is sent."""
    once.claim = _let_through


def _commits() -> None:
    """Acknowledge what was never written."""
    counted = count(1)

    def forget(connection: Connection) -> None:
        if next(counted) % FORGOTTEN == 0:
            assert connection.connection.dbapi_connection is not None, "it is open"
            connection.connection.dbapi_connection.rollback()

    event.listen(Engine, "commit", forget)


def _let_through(*_anything: Any, **_more: Any) -> None:
    """Claim nothing, so that nothing is known of an earlier sending."""


GUARDS: dict[str, Callable[[], None]] = {"forms": _forms, "commits": _commits}
