"""Lock a group before who is in it changes: its members are counted under the lock."""

from sqlalchemy import select

from booking.foundation.db import db
from booking.network.colleague_groups.models import StaffGroup


def group(group_id: int) -> StaffGroup:
    """Return a group as it is now, locked."""
    found = select(StaffGroup).where(StaffGroup.id == group_id)
    return db.session.scalars(
        found.with_for_update().execution_options(populate_existing=True)
    ).one()
