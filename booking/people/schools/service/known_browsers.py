"""Browsers in which somebody has signed in become known; a new password forgets all others."""

from datetime import datetime

from sqlalchemy import delete, select, update

from booking.foundation.db import db
from booking.foundation.tokens import new_token, token_hash
from booking.people.schools.models import KnownBrowser


def know(*, now: datetime, person_id: int, token: str, browser: str) -> str:
    """Know the browser whose cookie has `token` for a person; return what its cookie must have.

    A browser that is new to somebody gets another token, so that none can be planted in it; whoever
    else is known there stays so.
    """
    hashed = token_hash(token) if token else ""
    row = db.session.scalar(
        select(KnownBrowser).where(
            KnownBrowser.token_hash == hashed, KnownBrowser.person_id == person_id
        )
    )
    if row is not None:
        row.used_at, row.browser = now, browser
        return token
    fresh = new_token()
    db.session.execute(
        update(KnownBrowser)
        .where(KnownBrowser.token_hash == hashed)
        .values(token_hash=token_hash(fresh))
    )
    db.session.add(
        KnownBrowser(
            token_hash=token_hash(fresh),
            person_id=person_id,
            browser=browser,
            known_at=now,
            used_at=now,
        )
    )
    return fresh


def forget(*, person_id: int, but: str = "") -> None:
    """Forget a person's browsers, except the one whose cookie has the token `but`."""
    kept = token_hash(but) if but else ""
    db.session.execute(
        delete(KnownBrowser).where(
            KnownBrowser.person_id == person_id, KnownBrowser.token_hash != kept
        )
    )
