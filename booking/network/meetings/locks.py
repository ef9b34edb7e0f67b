"""Lock a meeting before anything about it changes."""

from sqlalchemy import select

from booking.foundation.db import db
from booking.network.meetings.models import Meeting


def meeting(meeting_id: int) -> Meeting:
    """Return a meeting as it is now, locked until the transaction ends."""
    return db.session.scalars(
        select(Meeting)
        .where(Meeting.id == meeting_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
