"""When a private calendar next changes without anybody doing anything."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, case, func, select

from booking.days.events.feeds import NOW, SINCE
from booking.days.events.ical import CANCELLED_KEPT
from booking.days.events.models import Event, EventState, RemovedDate
from booking.foundation.db import rows
from booking.on_the_day.calendars.queries.private import Content

#: A calendar is worked out again after this long, whatever has happened.
HOLDS_MAX = timedelta(hours=6)


def holds_until(content: Content, *, now: datetime) -> datetime:
    """Return when a calendar next changes if nothing is recorded before, in one query."""
    *deadlines, cancelled_at, removed_at = rows(_next(), now=now, since=now - CANCELLED_KEPT)[0]
    moments: list[datetime | None] = [
        *deadlines,
        *(at + CANCELLED_KEPT for at in (cancelled_at, removed_at) if at is not None),
        *(row.at for row in content.rows),
    ]
    return min([now + HOLDS_MAX, *(at for at in moments if at is not None and at >= now)])


@cache
def _next() -> Select[*tuple[Any, ...]]:
    """Return the statement for the next deadline of any event, and the next entry to disappear."""
    cancelled_lately = and_(Event.state == EventState.CANCELLED, Event.cancelled_at > SINCE)
    return select(
        *(
            func.min(case((and_(Event.state == EventState.PUBLISHED, column >= NOW), column)))
            for column in (Event.requests_close_at, Event.naming_close_at, Event.release_at)
        ),
        func.min(case((cancelled_lately, Event.cancelled_at))),
        select(func.min(RemovedDate.removed_at))
        .where(RemovedDate.removed_at > SINCE)
        .scalar_subquery(),
    )
