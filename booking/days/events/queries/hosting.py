"""Reads for people who run events: which are theirs, and which schools they may write for."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from booking.days.events import states
from booking.days.events.models import Event, EventState
from booking.domain.permissions import Actor, Role
from booking.foundation.db import db
from booking.foundation.web import paging
from booking.people.schools import queries as school_queries
from booking.people.schools.models import School

HOSTED_SIZE = 20
#: The sections of a host's list, most important first.
SECTIONS = ("coming", "drafts", "past", "cancelled")


def hosted(actor: Actor, section: str, *, now: datetime, page: int = 1) -> paging.Page[Event]:
    """Return one page of the events that this person works on, of one section."""
    statement = (
        select(Event)
        .where(_mine(actor), _section(section, now))
        .options(joinedload(Event.host_school), selectinload(Event.dates))
        .order_by(*_order(section), Event.id)
    )
    return paging.page_of(statement, number=page, size=HOSTED_SIZE)


def count_by_state(actor: Actor, *, now: datetime) -> dict[str, int]:
    """Return how many events each section holds: one query."""
    counts = [func.count().filter(_section(name, now)).label(name) for name in SECTIONS]
    row = db.session.execute(select(*counts).select_from(Event).where(_mine(actor))).one()
    return dict(zip(SECTIONS, row, strict=True))


def drafts(actor: Actor, *, limit: int) -> list[Event]:
    """Return the drafts that this person can finish, oldest first."""
    if not actor.has(Role.HOST) and not actor.has(Role.LEAD):
        return []
    mine = Event.host_school_id.in_(actor.school_ids(Role.HOST))
    own = or_(mine, Event.created_by_id == actor.person_id) if actor.has(Role.LEAD) else mine
    statement = (
        select(Event).where(own, Event.state == EventState.DRAFT).order_by(Event.id).limit(limit)
    )
    return list(db.session.scalars(statement))


def host_choices(actor: Actor) -> list[School]:
    """Return the schools that this person may write events for, by name."""
    if actor.has(Role.LEAD):
        return school_queries.member_schools()
    return [
        s for s in school_queries.schools_by_id(actor.school_ids(Role.HOST)) if s.left_on is None
    ]


def _mine(actor: Actor) -> ColumnElement[bool]:
    if actor.has(Role.LEAD) or actor.has(Role.AUDITOR):
        return true()
    event_ids = [g.event_id for g in actor.grants if g.role is Role.DAY_STAFF and g.event_id]
    hosts = Event.host_school_id.in_(actor.school_ids(Role.HOST))
    return or_(hosts, Event.id.in_(event_ids)) if event_ids else hosts


def _section(section: str, now: datetime) -> ColumnElement[bool]:
    takes_place, over = Event.state.in_(states.TAKES_PLACE), states.over(now)
    match section:
        case "coming":
            return and_(takes_place, ~over)
        case "past":
            return and_(takes_place, over)
        case "drafts":
            return Event.state == EventState.DRAFT
        case "cancelled":
            return Event.state == EventState.CANCELLED
    return false()


def _order(section: str) -> tuple[ColumnElement[Any], ...]:
    if section == "coming":
        return (Event.first_starts_at.asc(),)
    if section == "drafts":
        return (Event.modified_at.desc(),)
    return (Event.last_ends_at.desc(),)
