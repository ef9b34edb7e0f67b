"""Reads of calendars: which events are in one, and whether anything changed since."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload

from booking.calendars.models import Feed
from booking.db import db
from booking.domain.permissions import Actor, Role
from booking.events.models import Event, EventState
from booking.places.models import Place
from booking.schools.models import School
from booking.tokens import token_hash

#: A cancelled event stays in calendars so long, so that every client sees that it is cancelled.
CANCELLED_KEPT = timedelta(days=30)
#: Rises when the same events are written differently, so that nobody keeps an old file.
FORMAT = 1


@dataclass(frozen=True)
class Mark:
    """What a calendar holds, told by one query: equal marks are equal files."""

    etag: str
    modified_at: datetime | None


@dataclass(frozen=True)
class Entry:
    """An event in somebody's calendar, and which of its deadlines are theirs."""

    event: Event
    attends: bool
    requests: bool
    naming: bool


@dataclass(frozen=True)
class Content:
    """Which events a private feed holds and why, before any of them is loaded."""

    mark: Mark
    #: Event id → (attends, requests, naming).
    why: dict[int, tuple[bool, bool, bool]]


def network_mark(*, now: datetime) -> Mark:
    """Return the mark of the network's calendar."""
    statement = select(
        func.count(), func.max(Event.modified_at), func.sum(Event.sequence), func.sum(Event.id)
    ).where(_in_calendars(now))
    count, modified_at, changes, ids = db.session.execute(statement).one()
    return Mark(_etag("network", count, modified_at, changes, ids), modified_at)


def network_events(*, now: datetime) -> list[Event]:
    """Return every event of the network's calendar with what its entry says."""
    return _loaded(_in_calendars(now))


def feed_by_token(token: str) -> Feed | None:
    """Return the living feed with this token."""
    return db.session.scalar(
        select(Feed).where(Feed.token_hash == token_hash(token), Feed.revoked_at.is_(None))
    )


def feeds_of(person_id: int) -> list[Feed]:
    """Return a person's living feeds, oldest first."""
    statement = select(Feed).where(Feed.person_id == person_id, Feed.revoked_at.is_(None))
    return list(db.session.scalars(statement.order_by(Feed.id)))


def content(feed: Feed, actor: Actor, *, now: datetime) -> Content:
    """Return what a person's feed holds, by their roles: one query."""
    coordinates = actor.school_ids(Role.COORDINATOR)
    held = _held_by(coordinates)
    attends = or_(_works_on(actor), held)
    requests = and_(_may_ask(coordinates), _open(Event.requests_close_at, now))
    naming = and_(held, _open(Event.naming_close_at, now))
    rows = db.session.execute(
        select(
            Event.id,
            Event.modified_at,
            attends.label("attends"),
            requests.label("requests"),
            naming.label("naming"),
        )
        .where(_in_calendars(now), or_(attends, requests))
        .order_by(Event.id)
    ).all()
    why = {row.id: (bool(row.attends), bool(row.requests), bool(row.naming)) for row in rows}
    modified_at = max((row.modified_at for row in rows), default=None)
    return Content(Mark(_etag(feed.id, feed.label, *map(tuple, rows)), modified_at), why)


def entries(found: Content) -> list[Entry]:
    """Return the events of a feed with what their entries say."""
    if not found.why:
        return []
    events = _loaded(Event.id.in_(found.why))
    return [Entry(event, *found.why[event.id]) for event in events]


def _in_calendars(now: datetime) -> ColumnElement[bool]:
    return or_(
        Event.state.in_((EventState.PUBLISHED, EventState.CLOSED)),
        and_(Event.state == EventState.CANCELLED, Event.cancelled_at >= now - CANCELLED_KEPT),
    )


def _open(deadline: InstrumentedAttribute[datetime | None], now: datetime) -> ColumnElement[bool]:
    return and_(Event.state == EventState.PUBLISHED, deadline >= now)


def _works_on(actor: Actor) -> ColumnElement[bool]:
    if actor.has(Role.LEAD):
        return true()
    event_ids = [g.event_id for g in actor.grants if g.role is Role.DAY_STAFF and g.event_id]
    return or_(Event.host_school_id.in_(actor.school_ids(Role.HOST)), Event.id.in_(event_ids))


def _held_by(school_ids: tuple[int, ...]) -> ColumnElement[bool]:
    if not school_ids:
        return false()
    return exists().where(Place.event_id == Event.id, Place.school_id.in_(school_ids))


def _may_ask(school_ids: tuple[int, ...]) -> ColumnElement[bool]:
    if not school_ids:
        return false()
    return exists().where(
        School.id.in_(school_ids),
        School.id != Event.host_school_id,
        School.low_year <= Event.high_year,
        School.high_year >= Event.low_year,
    )


def _loaded(condition: ColumnElement[bool]) -> list[Event]:
    statement = (
        select(Event)
        .where(condition)
        .options(
            joinedload(Event.host_school),
            selectinload(Event.dates),
            selectinload(Event.removed_dates),
        )
        .order_by(Event.first_starts_at, Event.id)
    )
    return list(db.session.scalars(statement))


def _etag(*facts: object) -> str:
    return sha256(repr((FORMAT, facts)).encode()).hexdigest()[:32]
