"""Which events other programs are told of."""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from booking.days.events import states
from booking.days.events.models import Event, EventState
from booking.days.events.queries.listing import BRIEFLY
from booking.foundation.db import db, rows
from booking.people.schools.models import School

#: How many events a feed and an embedded list have, and a map of the site at most.
FEED_MAX, EMBEDDED_MAX, MAPPED_MAX = 100, 12, 5000


def mapped() -> list[tuple[str, datetime]]:
    """Return slug and last change of all that takes or took place, newest first."""
    return [(slug, changed_at) for slug, changed_at in rows(_mapped())]


@cache
def _mapped() -> Select[*tuple[Any, ...]]:
    return (
        select(Event.slug, Event.modified_at)
        .where(Event.state.in_(states.TAKES_PLACE))
        .order_by(Event.first_starts_at.desc(), Event.id)
        .limit(MAPPED_MAX)
    )


def upcoming(*, now: datetime) -> list[Event]:
    """Return the events of the feed: what is to come, and what was to come and is cancelled."""
    statement = _upcoming(now, states.PUBLIC).limit(FEED_MAX)
    return list(db.session.scalars(statement))


def embedded(*, now: datetime, host: str = "") -> list[Event]:
    """Return what a school's own site lists: what is to come, of one host if it says so."""
    statement = _upcoming(now, (EventState.PUBLISHED,)).limit(EMBEDDED_MAX)
    if host:
        statement = statement.where(Event.host_school.has(School.slug == host))
    return list(db.session.scalars(statement))


def _upcoming(now: datetime, wanted: tuple[EventState, ...]) -> Select[Event]:
    return (
        select(Event)
        .where(Event.state.in_(wanted), ~states.over(now))
        .options(joinedload(Event.host_school), selectinload(Event.dates), *BRIEFLY)
        .order_by(Event.first_starts_at, Event.id)
    )
