"""Reads that lock; the caller holds the event."""

from sqlalchemy import select

from booking.days.leading.models import Leading
from booking.foundation.db import db


def of_event(event_id: int) -> Leading | None:
    """Return who leads an event, locked; None if nobody has written it down."""
    return db.session.scalars(
        select(Leading)
        .where(Leading.event_id == event_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
