"""The programme that anybody may read: the whole network's, or events for one school's years."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select

from booking.days.events.ical import CANCELLED_KEPT
from booking.days.events.models import Event, EventState, RemovedDate
from booking.foundation.db import db
from booking.on_the_day.calendars.queries.marks import (
    CalendarMark,
    in_calendars,
    loaded,
    mark_of,
    newest_of_schools,
    removed_lately,
    schools_changed_at,
)
from booking.people.schools.models import School


def programme_mark(school: School | None, *said: str, now: datetime) -> CalendarMark:
    """Return the mark of a public programme, in one query; `said` is what else the file says."""
    # An entry that disappears changes the calendar too, on the day it goes.
    left = [
        select(func.max(Event.cancelled_at))
        .where(Event.state == EventState.CANCELLED, Event.cancelled_at <= now - CANCELLED_KEPT)
        .scalar_subquery(),
        select(func.max(RemovedDate.removed_at))
        .where(RemovedDate.removed_at <= now - CANCELLED_KEPT)
        .scalar_subquery(),
    ]
    changed = select(func.max(Event.modified_at)).where(Event.published_at.is_not(None))
    count, versions, ids, removed, schools, *moments = db.session.execute(
        select(
            func.count(Event.id),
            func.sum(Event.sequence),
            func.sum(Event.id),
            removed_lately(now - CANCELLED_KEPT),
            newest_of_schools(),
            changed.scalar_subquery(),
            schools_changed_at(),
            *left,
        ).where(_in_programme(school, now))
    ).one()
    changed_at, schools_at, *left_at = moments
    times = [changed_at, schools_at, *(at + CANCELLED_KEPT for at in left_at if at)]
    modified_at = max((at for at in times if at), default=None)
    facts = (count, versions, ids, removed, schools, changed_at)
    return mark_of(modified_at, "programme", school.id if school else 0, said, facts)


def events_of(school: School | None, *, now: datetime) -> list[Event]:
    """Return every event of a public programme with what its entry needs."""
    return loaded(_in_programme(school, now))


def _in_programme(school: School | None, now: datetime) -> ColumnElement[bool]:
    if school is None:
        return in_calendars(now - CANCELLED_KEPT)
    return and_(
        in_calendars(now - CANCELLED_KEPT),
        Event.low_year <= school.high_year,
        Event.high_year >= school.low_year,
    )
