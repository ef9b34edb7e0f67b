"""Lock a school's shelf before its files change."""

from datetime import datetime

from booking.foundation.db import db, insert_into
from booking.foundation.files.models import FileShelf

#: What stands for the network, which is no school.
NETWORK = 0


def shelf(school_id: int | None, *, now: datetime) -> None:
    """Touch a shelf, which need not be there yet; others wait until this transaction ends."""
    row = insert_into(FileShelf).values(school_key=school_id or NETWORK, touched_at=now)
    db.session.execute(
        row.on_conflict_do_update(index_elements=["school_key"], set_={"touched_at": now})
    )
