"""Lock partners' calendars before what was read from them is replaced."""

from datetime import datetime

from sqlalchemy import Select, select

from booking.days.partners.models import PartnerFeed
from booking.foundation.db import db


def feed(feed_id: int) -> PartnerFeed:
    """Return a partner's calendar as it is now, locked."""
    return db.session.scalars(_locking(feed_id)).one()


def feed_if_followed(feed_id: int) -> PartnerFeed | None:
    """Return a partner's calendar as it is now, locked; None if it is no longer followed."""
    return db.session.scalar(_locking(feed_id))


def due(now: datetime, *, limit: int) -> list[PartnerFeed]:
    """Return calendars to fetch now, locked; those that another worker has are left out."""
    statement = (
        select(PartnerFeed)
        .where(PartnerFeed.due_at <= now)
        .order_by(PartnerFeed.due_at, PartnerFeed.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(db.session.scalars(statement))


def _locking(feed_id: int) -> Select[PartnerFeed]:
    return (
        select(PartnerFeed)
        .where(PartnerFeed.id == feed_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
