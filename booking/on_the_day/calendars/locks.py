"""Lock a calendar feed before anything about it changes."""

from sqlalchemy import select

from booking.foundation.db import db
from booking.on_the_day.calendars.models import Feed


def feed(feed_id: int) -> Feed:
    """Return a feed as it is now, locked until the transaction ends."""
    return db.session.scalars(
        select(Feed)
        .where(Feed.id == feed_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
