"""Whoever is signed in has just shown again that it is them, otherwise than by a password.

Some pages ask for the password once more before something grave. People who come in by their
school's Google or Microsoft may have none, so they show it there (`people/openid`); for a few
minutes such pages then ask for nothing.
"""

from datetime import datetime, timedelta

from flask import session

from booking.foundation import clock

#: How long it holds.
LASTS = timedelta(minutes=5)
_KEY = "proved_again"


def mark() -> None:
    """Note in the session that it was shown now; a new session begins without."""
    session[_KEY] = clock.now().isoformat()


def holds() -> bool:
    """Return whether it was shown in this session a few minutes ago."""
    at = session.get(_KEY)
    return at is not None and clock.now() - datetime.fromisoformat(at) < LASTS
