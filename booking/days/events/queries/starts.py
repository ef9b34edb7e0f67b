"""Events that a new one may begin with: the host's own earlier ones, and those of other schools."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload, selectinload

from booking.days.events import states
from booking.days.events.models import Event, EventState
from booking.domain.permissions import Actor, Role
from booking.foundation.db import db
from booking.foundation.web import paging
from booking.people.schools.models import School

#: Last year's events are offered from a year after their day until this long before it.
YEAR, AHEAD = timedelta(weeks=52), timedelta(weeks=26)
LAST_YEARS_MAX = 2
EXAMPLES_SIZE = 20


def last_held(actor: Actor, *, now: datetime) -> Event | None:
    """Return the last event that this person's schools have held, if there is one."""
    statement = _own(actor).where(states.over(now)).order_by(Event.last_ends_at.desc(), Event.id)
    return db.session.scalars(statement.limit(1)).first()


def last_years(actor: Actor, *, now: datetime) -> list[Event]:
    """Return the events of a year ago whose day comes round next and that nobody has repeated."""
    own = _own(actor).where(Event.first_starts_at.between(now - YEAR, now - AHEAD))
    again = select(Event.title).where(
        Event.host_school_id.in_(actor.school_ids(Role.HOST)),
        or_(Event.state == EventState.DRAFT, Event.first_starts_at > now),
    )
    statement = own.where(Event.title.not_in(again)).order_by(Event.first_starts_at, Event.id)
    return list(db.session.scalars(statement.limit(LAST_YEARS_MAX)))


def examples(
    own: Collection[int], *, q: str, year: int | None, page: int = 1
) -> paging.Page[Event]:
    """Return one page of other schools' events, latest first: those that take or took place."""
    statement = _held().where(Event.host_school_id.not_in(own)).join(Event.host_school)
    for word in q.split():
        columns = (Event.title, Event.theme, Event.concept, School.name)
        statement = statement.where(
            or_(*(column.icontains(word, autoescape=True) for column in columns))
        )
    if year is not None:
        statement = statement.where(Event.low_year <= year, Event.high_year >= year)
    statement = statement.order_by(Event.first_starts_at.desc(), Event.id)
    return paging.page_of(statement, number=page, size=EXAMPLES_SIZE)


def _own(actor: Actor) -> Select[Event]:
    return _held().where(Event.host_school_id.in_(actor.school_ids(Role.HOST)))


def _held() -> Select[Event]:
    return (
        select(Event)
        .where(Event.state.in_(states.TAKES_PLACE))
        .options(joinedload(Event.host_school), selectinload(Event.dates))
    )
