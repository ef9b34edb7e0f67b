"""Tells the worker that mail is waiting, after the commit that queued it."""

from booking.foundation.ports import Socket


@Socket
def worker() -> None:
    """Tell the worker; without one the next sweep finds the mail."""
