"""Reads for the call list: who is unexplained, who was rung, when the list begins."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, bindparam, exists, func, select
from sqlalchemy.orm import joinedload

from booking.days.events import states as event_states
from booking.days.events.models import Event, EventDate
from booking.days.places import queries as place_queries
from booking.days.places.models import Booking
from booking.domain.booking_states import EXPECTED
from booking.domain.permissions import Actor, Role
from booking.domain.registering import PRESENT, Arrival
from booking.foundation.db import db, rows
from booking.on_the_day.incidents.details import CALL_AFTER, POLICE_AFTER
from booking.on_the_day.incidents.models import Call, DayTimes, Incident, IncidentPupil
from booking.on_the_day.rosters import queries as roster_queries
from booking.on_the_day.rosters.models import RegisterMark

#: How many dates of a day are looked at for one person's tasks.
DATES_MAX = 20
#: The marks that say where a pupil is.
KNOWN = PRESENT | {Arrival.ABSENT_REPORTED}


class Times(NamedTuple):
    """A host's times for an event."""

    call_after: timedelta
    police_after: timedelta


def times(event_id: int) -> Times:
    """Return the times for an event: its host's own, or the usual ones."""
    own = db.session.get(DayTimes, event_id)
    call, police = (own.call_after, own.police_after) if own else (CALL_AFTER, POLICE_AFTER)
    return Times(timedelta(minutes=call), timedelta(minutes=police))


def own_times(event_id: int) -> DayTimes | None:
    """Return the host's own times, if there are any."""
    return db.session.get(DayTimes, event_id)


def unexplained(event_id: int, date_id: int, *, school_id: int | None = None) -> list[Booking]:
    """Return who is expected on a date, and neither here nor reported absent.

    A pupil whom an incident of that date is about is explained by it.
    """
    marks = roster_queries.marks(date_id)
    written = set(
        db.session.scalars(
            select(IncidentPupil.booking_id)
            .join(Incident, Incident.id == IncidentPupil.incident_id)
            .where(Incident.date_id == date_id)
        )
    )
    return [
        booking
        for booking in place_queries.expected(event_id)
        if school_id in {None, booking.school_id}
        and booking.id not in written
        and not is_known(marks.get(booking.id))
    ]


def is_known(mark: RegisterMark | None) -> bool:
    """Return whether a mark says where a pupil is: here, or absent as the school reported."""
    return mark is not None and mark.arrival in KNOWN


def is_begun(date_id: int) -> bool:
    """Return whether anybody has been marked on a date: before, nobody has looked yet."""
    found = select(RegisterMark.id).where(
        RegisterMark.date_id == date_id, RegisterMark.arrival.is_not(None)
    )
    return db.session.scalar(found.limit(1)) is not None


def calls(date_id: int, booking_ids: Collection[int]) -> dict[int, list[Call]]:
    """Return who rang about these pupils on a date, by booking, the oldest first."""
    found: dict[int, list[Call]] = {}
    for call in db.session.scalars(
        select(Call)
        .where(Call.date_id == date_id, Call.booking_id.in_(booking_ids))
        .options(joinedload(Call.made_by))
        .order_by(Call.id)
    ):
        found.setdefault(call.booking_id, []).append(call)
    return found


class CallsDue(NamedTuple):
    """A date on which pupils are unexplained after the time for it."""

    slug: str
    title: str
    number: int
    waiting: int
    since: datetime


def due_at_host(actor: Actor, *, now: datetime) -> Sequence[CallsDue]:
    """Return the dates going on now whose staff have pupils to ring about."""
    events = [g.event_id for g in actor.grants if g.role is Role.DAY_STAFF and g.event_id]
    found = db.session.scalars(
        select(EventDate)
        .join(Event, Event.id == EventDate.event_id)
        .where(
            Event.host_school_id.in_(actor.school_ids(Role.HOST)) | Event.id.in_(events),
            Event.state.in_(event_states.TAKES_PLACE),
            EventDate.starts_at <= now,
            EventDate.ends_at > now,
        )
        .options(joinedload(EventDate.event))
        .limit(DATES_MAX)
    )
    due = []
    for day in found:
        since = day.starts_at + times(day.event_id).call_after
        if since <= now and is_begun(day.id) and (left := len(unexplained(day.event_id, day.id))):
            due.append(CallsDue(day.event.slug, day.event.title, day.number, left, since))
    return due


def due_at_school(school_id: int, *, now: datetime) -> Sequence[CallsDue]:
    """Return the same for a school's own pupils, from one statement on all other days."""
    due = []
    for row in rows(_dates_of_school(), school_id=school_id, now=now):
        since = row.starts_at + timedelta(minutes=row.call_after)
        if since > now:
            continue
        if left := len(unexplained(row.event_id, row.id, school_id=school_id)):
            due.append(CallsDue(row.slug, row.title, row.number, left, since))
    return due


@cache
def _dates_of_school() -> Select[*tuple[Any, ...]]:
    now = bindparam("now", type_=EventDate.starts_at.type)
    comes = exists().where(
        Booking.event_id == EventDate.event_id,
        Booking.school_id == bindparam("school_id", type_=Integer),
        Booking.state.in_(EXPECTED),
    )
    return (
        select(
            *(EventDate.id, EventDate.event_id, EventDate.number, EventDate.starts_at),
            *(Event.slug, Event.title),
            func.coalesce(DayTimes.call_after, CALL_AFTER).label("call_after"),
        )
        .join(Event, Event.id == EventDate.event_id)
        .outerjoin(DayTimes, DayTimes.event_id == Event.id)
        .where(
            EventDate.starts_at <= now,
            EventDate.ends_at > now,
            Event.state.in_(event_states.TAKES_PLACE),
            comes,
            exists().where(RegisterMark.date_id == EventDate.id, RegisterMark.arrival.is_not(None)),
        )
        .limit(DATES_MAX)
    )
