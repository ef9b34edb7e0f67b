"""Challenges for passkeys: drawn by us, kept in the session, answered within five minutes."""

from datetime import datetime, timedelta

from flask import current_app, session

from booking.foundation import clock
from booking.foundation.notifications import render
from booking.foundation.web import identity
from booking.people.factors import passkeys
from booking.people.factors.details import CHALLENGE_SECONDS, Site
from booking.people.factors.refusals import NotProved

#: The challenge in the session, with when it was drawn.
KEY = "challenge"
#: A page that is opened again gets the same challenge for this long, so that two tabs both work.
SAME_FOR = timedelta(seconds=60)


def site() -> Site:
    """Return for whom passkeys are made here: BASE_URL says it, never a request."""
    return Site(render.base_url(), identity.facts().name)


def drawn() -> str:
    """Return the challenge of the page that is about to be shown."""
    now = clock.now()
    found = session.get(KEY)
    if found is None or now - datetime.fromisoformat(found[1]) > SAME_FOR:
        found = session[KEY] = [passkeys.new_challenge(), now.isoformat()]
    return str(found[0])


def standing() -> str:
    """Return the challenge that may be answered now, and take it away. Raises NotProved."""
    found = session.pop(KEY, None)
    age = clock.now() - datetime.fromisoformat(found[1]) if found else None
    if age is None or age > timedelta(seconds=CHALLENGE_SECONDS):
        raise NotProved("This page was open for too long. Please try again.")
    return str(found[0])


def is_required() -> bool:
    """Return whether this site asks certain roles for a second factor (SECOND_FACTOR)."""
    return bool(current_app.config["SECOND_FACTOR"] == "required")
