"""The calendar around an event's dates, as it is checked before anybody is told of them."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import chain

from sqlalchemy import select

from booking.days.events import ports, states
from booking.days.events.models import Event, EventDate
from booking.domain.checking_dates import (
    CalendarFacts,
    ClosedSchools,
    KnownEvent,
    PlannedDates,
    window,
)
from booking.foundation.clock import LONDON
from booking.foundation.db import db
from booking.people.schools import queries as school_queries
from booking.people.schools.models import School


def calendar_facts(plan: PlannedDates, *, host_school_id: int, but: int | None) -> CalendarFacts:
    """Return what the network knows of the days around a plan: seven statements.

    `but` is the event itself, which does not clash with itself.
    """
    first_on, last_on = window(plan)
    return CalendarFacts(
        network=school_queries.calendar(None),
        schools=school_queries.school_ranges(besides=host_school_id),
        closed=_closed(plan, host_school_id, first_on, last_on),
        events=_events(host_school_id, but, first_on, last_on),
        noted=tuple(chain.from_iterable(ports.noted_days(first_on=first_on, last_on=last_on))),
    )


def _closed(
    plan: PlannedDates, host_school_id: int, first_on: date, last_on: date
) -> ClosedSchools:
    host: dict[date, str] = {}
    invited: dict[date, list[str]] = {}
    for row in school_queries.closed_between(
        first_on, last_on, years=plan.years, and_of=host_school_id
    ):
        for number in range((row.last_on - row.first_on).days + 1):
            on = row.first_on + timedelta(days=number)
            if row.school_id == host_school_id:
                host[on] = row.reason
            elif row.school not in invited.setdefault(on, []):
                invited[on].append(row.school)
    return ClosedSchools(host, {on: tuple(names) for on, names in invited.items()})


def _events(
    host_school_id: int, but: int | None, first_on: date, last_on: date
) -> tuple[KnownEvent, ...]:
    statement = (
        select(
            Event.title,
            School.name,
            Event.low_year,
            Event.high_year,
            EventDate.starts_at,
            EventDate.ends_at,
            Event.host_school_id,
        )
        .join(Event, Event.id == EventDate.event_id)
        .join(School, School.id == Event.host_school_id)
        .where(
            EventDate.ends_at >= _midnight(first_on),
            EventDate.starts_at < _midnight(last_on + timedelta(days=1)),
            Event.state.in_(states.TAKES_PLACE),
            Event.id != (but or 0),
        )
        .order_by(EventDate.starts_at, Event.id)
    )
    return tuple(
        KnownEvent(title, host, (low, high), starts_at, ends_at, school_id == host_school_id)
        for title, host, low, high, starts_at, ends_at, school_id in db.session.execute(statement)
    )


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time(0), tzinfo=LONDON).astimezone(UTC)
