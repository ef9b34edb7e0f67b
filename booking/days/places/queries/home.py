"""What a coordinator's home page lists: rows of columns, by statements that are built once.

It is the most visited page, so it loads no objects, and each statement is a constant with
parameters: building one would take longer than running it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    bindparam,
    exists,
    func,
    or_,
    select,
)

from booking.days.events import states as event_states
from booking.days.events.models import Event, EventDate, EventState, Sharing
from booking.days.places import ports
from booking.days.places.models import Booking, Offer, OfferState, Place, PlaceRequest
from booking.days.places.queries.bookings import is_seated, is_to_ask_on_paper, is_untold
from booking.days.places.queries.school_pages import name_by
from booking.domain import replying
from booking.domain.booking_states import EXPECTED, SEATED, BookingState
from booking.foundation.db import rows
from booking.foundation.web.paging import Page
from booking.people.schools.details import SchoolLine

#: How many events one kind of task lists, the most urgent first; the table below has them all.
TASK_EVENTS_MAX = 20

SCHOOL = bindparam("school_id", type_=Integer)
NOW = bindparam("now", type_=Event.last_ends_at.type)


class EventLine(NamedTuple):
    """An event that concerns a school, and the school's numbers there."""

    slug: str
    title: str
    state: EventState
    sharing: Sharing
    places: int
    host_places: int
    first_starts_at: datetime | None
    last_ends_at: datetime | None
    requests_close_at: datetime | None
    release_at: datetime | None
    naming_close_at: datetime | None
    dates: int
    last_starts_at: datetime | None
    #: Asked for; None if nothing yet.
    wanted: int | None
    held: int
    named: int
    confirmed: int
    reserves: int
    #: Places of the event that no school holds.
    left: int


def events_of(
    school_id: int, *, now: datetime, past: bool, number: int, size: int
) -> Page[EventLine]:
    """Return one page of the events where a school asked for places, holds some or took part."""
    facts = {"school_id": school_id, "now": now}
    found = rows(_lines(past), **facts, size=size, start=(number - 1) * size)
    lines = [EventLine(*row) for row in found]
    if number == 1 and len(lines) < size:
        return Page(lines, number, len(lines), size)
    return Page(lines, number, rows(_count(past), **facts)[0][0], size)


@cache
def _lines(past: bool) -> Select[*tuple[Any, ...]]:
    first = Event.first_starts_at.desc() if past else Event.first_starts_at
    return (
        select(
            *(getattr(Event, name) for name in EventLine._fields[:11]),
            _of_event(func.count(), EventDate),
            _of_event(func.max(EventDate.starts_at), EventDate),
            _of_event(PlaceRequest.wanted, PlaceRequest, PlaceRequest.school_id == SCHOOL),
            _of_event(func.count(), Place, Place.school_id == SCHOOL),
            _bookings(SEATED),
            _bookings(EXPECTED),
            _bookings({BookingState.RESERVE}),
            _of_event(
                func.count(),
                Place,
                Place.school_id.is_(None),
                Place.removed_at.is_(None),
                ~exists().where(Offer.place_id == Place.id, Offer.state == OfferState.OPEN),
            ),
        )
        .where(*_listed(past))
        .order_by(first, Event.id)
        .limit(bindparam("size", type_=Integer))
        .offset(bindparam("start", type_=Integer))
    )


@cache
def _count(past: bool) -> Select[int]:
    return select(func.count()).select_from(Event).where(*_listed(past))


def _listed(past: bool) -> tuple[ColumnElement[bool], ...]:
    over = event_states.over(NOW)
    return concerns(), Event.state != EventState.DRAFT, over if past else ~over


def concerns() -> ColumnElement[bool]:
    """Return the condition that an event concerns the school of parameter `school_id`."""
    # Three index lookups for each event; a page of events stops when it is full.
    return or_(
        *(
            exists().where(of.event_id == Event.id, of.school_id == SCHOOL)
            for of in (PlaceRequest, Place, Booking)
        )
    )


def _of_event(what: Any, of: Any, *conditions: ColumnElement[bool]) -> ScalarSelect[Any]:
    """Return `what` of the rows of table `of` that belong to the event."""
    wanted = select(what).select_from(of).where(of.event_id == Event.id, *conditions)
    return wanted.correlate(Event).scalar_subquery()


def _bookings(states: Collection[BookingState]) -> ScalarSelect[Any]:
    return _of_event(func.count(), Booking, Booking.school_id == SCHOOL, Booking.state.in_(states))


@dataclass(frozen=True)
class Due:
    """Something due at an event: how many, and by when."""

    slug: str
    title: str
    count: int
    due_at: datetime | None


def offers_due(school_id: int, *, now: datetime) -> list[Due]:
    """Return the offers waiting for a school's answer, the soonest to expire first."""
    found = rows(_offers_due(), school_id=school_id, now=now)
    return [Due(slug, title, 1, expires_at) for slug, title, expires_at in found]


@cache
def _offers_due() -> Select[str, str, datetime]:
    return (
        select(Event.slug, Event.title, Offer.expires_at)
        .join(Offer, Offer.event_id == Event.id)
        .where(Offer.school_id == SCHOOL, Offer.state == OfferState.OPEN, Offer.expires_at > NOW)
        .order_by(Offer.expires_at, Offer.id)
    )


def names_due(school_id: int, *, now: datetime) -> list[Due]:
    """Return the upcoming events where a school holds places without a name."""
    found = rows(_names_due(), school_id=school_id, now=now)
    return [
        Due(row.slug, row.title, row.count_, name_by(row, row.late, now=now))
        for row in (_Unnamed(*columns) for columns in found)
    ]


class _Unnamed(NamedTuple):
    slug: str
    title: str
    sharing: Sharing
    release_at: datetime | None
    naming_close_at: datetime | None
    count_: int
    #: The earliest date of a place that came late.
    late: datetime | None


@cache
def _names_due() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Event.slug,
            Event.title,
            Event.sharing,
            Event.release_at,
            Event.naming_close_at,
            func.count(),
            func.min(Place.name_by_at),
        )
        .join(Place, Place.event_id == Event.id)
        .where(
            Place.school_id == SCHOOL,
            ~is_seated(),
            Event.state == EventState.PUBLISHED,
            Event.first_starts_at > NOW,
        )
        .group_by(Event.id)
        .order_by(Event.naming_close_at, Event.id)
        .limit(TASK_EVENTS_MAX)
    )


def replies_due(school_id: int, *, now: datetime) -> list[Due]:
    """Return the events that a school's parents were asked about and have not answered."""
    since = now - replying.ON_TIME
    return [Due(*row) for row in rows(_replies_due(), school_id=school_id, since=since)]


@cache
def _replies_due() -> Select[str, str, int, datetime | None]:
    soonest = func.min(Booking.reply_by_at)
    return (
        select(Event.slug, Event.title, func.count(), soonest)
        .join(Booking, Booking.event_id == Event.id)
        .where(
            Booking.school_id == SCHOOL,
            Booking.state == BookingState.INVITED,
            ~ports.answered(),
            ~is_untold(bindparam("since", type_=Event.last_ends_at.type)),
            ~is_to_ask_on_paper(),
        )
        .group_by(Event.id)
        .order_by(soonest, Event.id)
        .limit(TASK_EVENTS_MAX)
    )


def letters_due(school_id: int) -> list[Due]:
    """Return the events about which some of a school's parents have still to be asked on paper."""
    return [Due(*row) for row in rows(_letters_due(), school_id=school_id)]


@cache
def _letters_due() -> Select[str, str, int, datetime | None]:
    soonest = func.min(Booking.reply_by_at)
    return (
        select(Event.slug, Event.title, func.count(), soonest)
        .join(Booking, Booking.event_id == Event.id)
        .where(Booking.school_id == SCHOOL, is_to_ask_on_paper())
        .group_by(Event.id)
        .order_by(soonest, Event.id)
        .limit(TASK_EVENTS_MAX)
    )


class OpenEvent(NamedTuple):
    """An upcoming event that a school could ask for places at."""

    slug: str
    title: str
    theme: str
    venue: str
    requests_close_at: datetime | None


def open_events(school: SchoolLine, *, now: datetime, limit: int) -> list[OpenEvent]:
    """Return upcoming events that a school could still ask for on time, the most urgent first."""
    found = rows(
        _open_events(),
        school_id=school.id,
        now=now,
        low_year=school.low_year,
        high_year=school.high_year,
        size=limit,
    )
    return [OpenEvent(*row) for row in found]


@cache
def _open_events() -> Select[str, str, str, str, datetime | None]:
    return (
        select(Event.slug, Event.title, Event.theme, Event.venue, Event.requests_close_at)
        .where(
            Event.state == EventState.PUBLISHED,
            Event.first_starts_at > NOW,
            Event.low_year <= bindparam("high_year", type_=Integer),
            Event.high_year >= bindparam("low_year", type_=Integer),
            (Event.sharing != Sharing.FAIR_ROUND) | (Event.requests_close_at > NOW),
            ~concerns(),
            ~ports.planned(),
        )
        .order_by(
            func.coalesce(Event.requests_close_at, Event.naming_close_at, Event.first_starts_at),
            Event.id,
        )
        .limit(bindparam("size", type_=Integer))
    )
