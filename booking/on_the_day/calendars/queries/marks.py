"""Marks that tell one state of a calendar from another, and what goes into every mark."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from booking.days.events import states as event_states
from booking.days.events.models import Event, EventState, RemovedDate
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db

#: Goes up when we write the same events differently, so that nobody keeps an old file.
FORMAT = 4


@dataclass(frozen=True)
class CalendarMark:
    """A short sign of what a calendar holds, from one query: equal marks mean equal files."""

    etag: str
    modified_at: datetime | None


def mark_of(modified_at: datetime | None, *facts: object) -> CalendarMark:
    """Return the mark for these facts."""
    return CalendarMark(sha256(repr((FORMAT, facts)).encode()).hexdigest()[:32], modified_at)


def in_calendars(since: Any) -> ColumnElement[bool]:
    """Return the condition that calendars show an event: published, or cancelled after `since`."""
    return or_(
        Event.state.in_(event_states.TAKES_PLACE),
        and_(Event.state == EventState.CANCELLED, Event.cancelled_at > since),
    )


def removed_lately(since: Any) -> ScalarSelect[Any]:
    """Return how many removed dates calendars still show: those removed after `since`."""
    return (
        select(func.count(RemovedDate.id)).where(RemovedDate.removed_at > since).scalar_subquery()
    )


def newest_of_schools() -> ScalarSelect[Any]:
    """Return the newest change to any school, because entries give its name and address."""
    return _of_schools(func.max(AuditEntry.id))


def schools_changed_at() -> ScalarSelect[Any]:
    """Return when any school was last changed."""
    return _of_schools(func.max(AuditEntry.at))


def _of_schools(what: ColumnElement[Any]) -> ScalarSelect[Any]:
    return select(what).where(AuditEntry.subject_type == "schools").scalar_subquery()


def loaded(condition: ColumnElement[bool]) -> list[Event]:
    """Return events with everything their entries need, the soonest first."""
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
