"""What the pages of a school list: its events, what is open to it, and what needs doing."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import selectinload

from booking.db import db
from booking.domain.booking_states import LIVE, State
from booking.events import queries as events
from booking.events.models import Event, EventState, Sharing
from booking.places import extras
from booking.places.models import Booking, Place, PlaceRequest
from booking.places.queries.bookings import is_seated
from booking.pupils import queries as pupils
from booking.pupils.models import Pupil
from booking.schools.models import School

#: How many events one kind of task names, the most urgent first; the table below has them all.
TASK_EVENTS_MAX = 20


def events_of(school_id: int, *, now: datetime, past: bool = False) -> Select[Event]:
    """Select the events a school asked for, holds places at or took part in, for paging."""
    over = Event.last_ends_at <= now
    statement = (
        select(Event)
        .where(_concerns(school_id), Event.state != EventState.DRAFT, over if past else ~over)
        .options(selectinload(Event.dates), *events.BRIEFLY)
    )
    first = Event.first_starts_at.desc() if past else Event.first_starts_at
    return statement.order_by(first, Event.id)


def _concerns(school_id: int) -> ColumnElement[bool]:
    asked = select(PlaceRequest.event_id).where(PlaceRequest.school_id == school_id)
    holding = select(Place.event_id).where(Place.school_id == school_id)
    named = select(Booking.event_id).where(Booking.school_id == school_id)
    return Event.id.in_(asked.union(holding, named))


def requests_by_event(school_id: int, event_ids: list[int]) -> dict[int, PlaceRequest]:
    """Return a school's requests at some events."""
    statement = select(PlaceRequest).where(
        PlaceRequest.school_id == school_id, PlaceRequest.event_id.in_(event_ids)
    )
    return {request.event_id: request for request in db.session.scalars(statement)}


def open_events(school: School, *, now: datetime, limit: int) -> list[Event]:
    """Return coming events that a school could still ask for in time, the most urgent first."""
    statement = (
        select(Event)
        .where(
            Event.state == EventState.PUBLISHED,
            Event.first_starts_at > now,
            Event.low_year <= school.high_year,
            Event.high_year >= school.low_year,
            (Event.sharing != Sharing.FAIR_ROUND) | (Event.requests_close_at > now),
            ~_concerns(school.id),
        )
        .options(*events.BRIEFLY)
        .order_by(
            func.coalesce(Event.requests_close_at, Event.naming_close_at, Event.first_starts_at),
            Event.id,
        )
        .limit(limit)
    )
    return list(db.session.scalars(statement))


@dataclass(frozen=True)
class Due:
    """Something that is due at an event: how many, and by when."""

    event: Event
    count: int
    due_at: datetime | None


def names_due(school_id: int, *, now: datetime) -> list[Due]:
    """Return the coming events at which a school holds places without a name."""
    rows = db.session.execute(
        select(Event, func.count(), func.min(Place.name_by_at))
        .join(Place, Place.event_id == Event.id)
        .where(
            Place.school_id == school_id,
            ~is_seated(),
            Event.state == EventState.PUBLISHED,
            Event.first_starts_at > now,
        )
        .group_by(Event.id)
        .order_by(Event.naming_close_at, Event.id)
        .limit(TASK_EVENTS_MAX)
        .options(*events.BRIEFLY)
    )
    return [Due(event, count, name_by(event, late, now=now)) for event, count, late in rows]


def name_by(event: Event, came_late: datetime | None, *, now: datetime) -> datetime | None:
    """Return when a school's places without a name go back.

    On the release date of quotas, else on the naming date; a place that came late has a date of
    its own (`came_late`: the first of these).
    """
    quota = event.release_at if event.sharing is Sharing.SET_QUOTAS else None
    coming = [at for at in (quota, event.naming_close_at, came_late) if at and at > now]
    return min(coming, default=event.naming_close_at)


def replies_due(school_id: int) -> list[Due]:
    """Return the events for which parents of a school have not answered."""
    soonest = func.min(Booking.reply_by_at)
    rows = db.session.execute(
        select(Event, func.count(), soonest)
        .join(Booking, Booking.event_id == Event.id)
        .where(
            Booking.school_id == school_id,
            Booking.state == State.INVITED,
            ~extras.answered(),
        )
        .group_by(Event.id)
        .order_by(soonest, Event.id)
        .limit(TASK_EVENTS_MAX)
        .options(*events.BRIEFLY)
    )
    return [Due(event, count, reply_by_at) for event, count, reply_by_at in rows]


def answered(booking_ids: list[int]) -> set[int]:
    """Return which of these bookings' parents have answered."""
    statement = select(Booking.id).where(Booking.id.in_(booking_ids), extras.answered())
    return set(db.session.scalars(statement)) if booking_ids else set()


def choosable(
    event: Event, school_id: int, *, text: str = "", year: int | None = None
) -> Select[Pupil]:
    """Select the pupils whom a school could name for an event: right years, not named yet."""
    low, high = event.low_year, event.high_year
    if year is not None and low <= year <= high:
        low = high = year
    live = exists().where(
        Booking.pupil_id == Pupil.id, Booking.event_id == event.id, Booking.state.in_(LIVE)
    )
    return pupils.current(school_id, low, high, text).where(~live)


def pupils_by_public_id(school_id: int, public_ids: list[str]) -> list[Pupil]:
    """Return pupils of a school in the order in which they were chosen."""
    found = {
        pupil.public_id: pupil
        for pupil in db.session.scalars(
            select(Pupil)
            .where(Pupil.school_id == school_id, Pupil.public_id.in_(public_ids))
            .options(selectinload(Pupil.parents))
        )
    }
    return [found[public_id] for public_id in public_ids if public_id in found]
