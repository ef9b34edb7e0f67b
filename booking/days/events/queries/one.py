"""Reads of one event with everything that its page shows."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from booking.days.events import states
from booking.days.events.models import Event
from booking.foundation.db import db


def by_slug(slug: str) -> Event | None:
    """Return the event at that address, in any state."""
    statement = (
        select(Event)
        .where(Event.slug == slug)
        .options(
            joinedload(Event.host_school),
            selectinload(Event.dates),
            selectinload(Event.removed_dates),
            selectinload(Event.fee_parts),
            selectinload(Event.cost_lines),
        )
    )
    return db.session.scalars(statement).one_or_none()


def by_uid(uid: str) -> Event | None:
    """Return the event that calendars and files know by this id, in any state."""
    return db.session.scalars(select(Event).where(Event.uid == uid)).one_or_none()


def public_by_slug(slug: str) -> Event | None:
    """Return the event at that address if it has been published."""
    event = by_slug(slug)
    return event if event is not None and event.state in states.PUBLIC else None
