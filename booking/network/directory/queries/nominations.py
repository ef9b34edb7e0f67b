"""Reads of what heads were asked, and answered."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from booking.foundation.db import db
from booking.network.directory.models import (
    Expertise,
    Nomination,
)


def nominations(offer_id: int) -> Sequence[Nomination]:
    """Return when an offer's head was asked, and the answers, the newest first."""
    found = select(Nomination).where(Nomination.expertise_id == offer_id)
    return db.session.scalars(found.order_by(Nomination.id.desc())).all()


def open_nomination(offer_id: int, now: datetime) -> Nomination | None:
    """Return the newest asking that waits for an answer."""
    found = select(Nomination).where(
        Nomination.expertise_id == offer_id,
        Nomination.closed_at.is_(None),
        Nomination.expires_at > now,
    )
    return db.session.scalars(found.order_by(Nomination.id.desc()).limit(1)).one_or_none()


def nomination_by_hash(hashed: str) -> Nomination | None:
    """Return the asking that a link opens, whether or not it was answered."""
    found = select(Nomination).where(Nomination.token_hash == hashed)
    return db.session.scalars(
        found.options(
            joinedload(Nomination.expertise).options(
                joinedload(Expertise.person),
                joinedload(Expertise.school),
                selectinload(Expertise.areas),
            )
        )
    ).one_or_none()
