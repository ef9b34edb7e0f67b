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
FORMAT = 5


@dataclass(frozen=True)
class CalendarMark:
    """A short sign of what a calendar holds, from one query: equal keys mean equal files.

    Another key may still mean an equal file, so its validators are made from the file itself: its
    digest, and since when it has been so, as far as anybody has noted.
    """

    key: str
    digest: str
    changed_at: datetime | None


def mark_of(digest: str | None, changed_at: datetime | None, *facts: object) -> CalendarMark:
    """Return the mark for these facts."""
    key = sha256(repr((FORMAT, facts)).encode()).hexdigest()[:32]
    return CalendarMark(key, digest or "", changed_at)


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
    newest = select(func.max(AuditEntry.id)).where(AuditEntry.subject_type == "schools")
    return newest.scalar_subquery()


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
