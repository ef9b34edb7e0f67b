"""Tells the worker that mail is waiting, after the commit that queued it."""

from collections.abc import Callable

#: Set by the worker module; without a worker the next sweep finds the mail.
_callers: list[Callable[[], None]] = []


def on_wake(caller: Callable[[], None]) -> None:
    """Register what to do when mail is waiting."""
    _callers[:] = [caller]


def worker() -> None:
    """Tell the worker."""
    for caller in _callers:
        caller()
