"""Reads that lock; the caller holds the booking."""

from sqlalchemy import select

from booking.foundation.db import db
from booking.on_the_day.answers.models import Audience, LateChange


def late_change(change_id: int) -> LateChange:
    """Return one change, locked."""
    found = db.session.get(LateChange, change_id, with_for_update=True, populate_existing=True)
    assert found is not None, "a change is deleted only long after its event"
    return found


def unseen_change(booking_id: int, audience: Audience) -> LateChange | None:
    """Return what one audience has not seen yet about a booking, locked."""
    return db.session.scalars(
        select(LateChange)
        .where(
            LateChange.booking_id == booking_id,
            LateChange.audience == audience,
            LateChange.seen_at.is_(None),
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
