"""The programme that anybody may read: the whole network's, or events for one school's years."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select

from booking.days.events.ical import CANCELLED_KEPT
from booking.days.events.models import Event
from booking.foundation.db import db
from booking.on_the_day.calendars.models import PublicCalendar
from booking.on_the_day.calendars.queries.marks import (
    CalendarMark,
    in_calendars,
    loaded,
    mark_of,
    newest_of_schools,
    removed_lately,
)
from booking.people.schools.models import School


def programme_mark(school: School | None, *said: str, now: datetime) -> CalendarMark:
    """Return the mark of a public programme, in one query; `said` is what else the file says."""
    noted = [
        select(column).where(PublicCalendar.name == programme_name(school)).scalar_subquery()
        for column in (PublicCalendar.digest, PublicCalendar.changed_at)
    ]
    digest, changed_at, *facts = db.session.execute(
        select(
            *noted,
            func.count(Event.id),
            func.sum(Event.sequence),
            func.sum(Event.id),
            removed_lately(now - CANCELLED_KEPT),
            newest_of_schools(),
            func.max(Event.modified_at),
        ).where(_in_programme(school, now))
    ).one()
    return mark_of(digest, changed_at, "programme", school.id if school else 0, said, facts)


def programme_name(school: School | None) -> str:
    """Return the name under which a public file is noted."""
    return f"schools/{school.slug}" if school else "network"


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
