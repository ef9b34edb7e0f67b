"""Reads of the browsers in which somebody has signed in."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from booking.domain.keeping import others
from booking.foundation.db import db
from booking.foundation.tokens import token_hash
from booking.people.schools.models import KnownBrowser, Person


def known_browser(token: str, email: str, now: datetime) -> int | None:
    """Return the id of the browser whose cookie has `token`, if the owner of `email` is known."""
    return db.session.scalar(
        select(KnownBrowser.id)
        .join(Person, Person.id == KnownBrowser.person_id)
        .where(
            KnownBrowser.token_hash == token_hash(token),
            KnownBrowser.used_at > others.KNOWN_BROWSERS.over(now),
            Person.email == email,
        )
    )


def known_browsers(person_id: int, now: datetime) -> Sequence[KnownBrowser]:
    """Return the browsers in which a person is known, the last used first."""
    return db.session.scalars(
        select(KnownBrowser)
        .where(
            KnownBrowser.person_id == person_id,
            KnownBrowser.used_at > others.KNOWN_BROWSERS.over(now),
        )
        .order_by(KnownBrowser.used_at.desc(), KnownBrowser.id)
    ).all()
