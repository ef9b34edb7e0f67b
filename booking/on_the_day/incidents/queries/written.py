"""Reads of incidents that were written down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, bindparam, func, select
from sqlalchemy.orm import joinedload, selectinload

from booking.days.events.models import Event
from booking.days.places.models import Booking
from booking.domain.incidents import KIND_WORDS, IncidentKind
from booking.domain.permissions import Actor, Role
from booking.foundation.db import db, rows
from booking.on_the_day.incidents.details import CHANGED_WITHIN
from booking.on_the_day.incidents.models import Incident, IncidentNote, IncidentPupil, StepTaken
from booking.people.schools.models import School

#: How many incidents of an event, or tasks of one person, are shown.
INCIDENTS_MAX, TASKS_MAX = 200, 20


def by_public_id(public_id: str) -> Incident | None:
    """Return an incident with its pupils, its event and its school."""
    pupils = selectinload(Incident.pupils).joinedload(IncidentPupil.booking)
    return db.session.scalar(
        select(Incident)
        .where(Incident.public_id == public_id)
        .options(
            joinedload(Incident.event).joinedload(Event.host_school),
            joinedload(Incident.school),
            joinedload(Incident.written_by),
            joinedload(Incident.opened_by),
            joinedload(Incident.closed_by),
            pupils.joinedload(Booking.pupil),
        )
    )


@dataclass(frozen=True)
class IncidentLine:
    """An incident in a list: nothing of what was written."""

    public_id: str
    happened_at: datetime
    kind: str
    school_name: str
    is_open: bool
    is_read: bool


def of_event(event_id: int, school_id: int | None = None) -> Sequence[IncidentLine]:
    """Return the incidents of an event, open ones first, then the newest.

    Given a school, only those about its own pupils. What was written is not even read.
    """
    statement = (
        select(
            *(Incident.public_id, Incident.happened_at, Incident.kind, School.name),
            *(Incident.closed_at, Incident.opened_at),
        )
        .outerjoin(School, School.id == Incident.school_id)
        .where(Incident.event_id == event_id)
        .order_by(Incident.closed_at.is_not(None), Incident.happened_at.desc(), Incident.id.desc())
        .limit(INCIDENTS_MAX)
    )
    if school_id is not None:
        statement = statement.where(Incident.school_id == school_id)
    return [
        IncidentLine(
            public_id, at, KIND_WORDS[kind], name or "", closed is None, opened is not None
        )
        for public_id, at, kind, name, closed, opened in db.session.execute(statement)
    ]


def notes(incident_id: int, *, for_school: bool) -> list[IncidentNote]:
    """Return what was added to an incident, oldest first; not what only the school reads."""
    statement = (
        select(IncidentNote)
        .where(IncidentNote.incident_id == incident_id)
        .options(joinedload(IncidentNote.written_by))
        .order_by(IncidentNote.id)
    )
    if not for_school:
        statement = statement.where(IncidentNote.for_school_only.is_(False))
    return list(db.session.scalars(statement))


def may_change(incident: Incident, person_id: int | None, *, now: datetime) -> bool:
    """Return whether somebody can still correct what they wrote, because nobody has read it."""
    return (
        incident.written_by_id == person_id
        and incident.opened_by_id in {None, person_id}
        and incident.closed_at is None
        and now < incident.written_at + CHANGED_WITHIN
        and not notes(incident.id, for_school=True)
    )


def steps(incident_id: int) -> list[StepTaken]:
    """Return the steps that were taken to find a pupil."""
    return list(
        db.session.scalars(
            select(StepTaken)
            .where(StepTaken.incident_id == incident_id)
            .options(joinedload(StepTaken.taken_by))
        )
    )


def open_search(booking_ids: Sequence[int]) -> Incident | None:
    """Return the open search for one of these pupils."""
    return db.session.scalars(
        select(Incident)
        .join(IncidentPupil, IncidentPupil.incident_id == Incident.id)
        .where(
            IncidentPupil.booking_id.in_(booking_ids),
            Incident.kind == IncidentKind.MISSING,
            Incident.closed_at.is_(None),
        )
    ).first()


def open_explanation(date_id: int) -> Incident | None:
    """Return the open incident that is to say why a date's numbers differ."""
    return db.session.scalars(
        select(Incident).where(
            Incident.date_id == date_id,
            Incident.kind == IncidentKind.COUNTS,
            Incident.closed_at.is_(None),
        )
    ).first()


class UnreadDue(NamedTuple):
    """How many notes of an event a school has not opened."""

    slug: str
    title: str
    waiting: int
    since: datetime


def unread_by_school(school_id: int) -> list[UnreadDue]:
    """Return the events of which a school has notes that nobody there has opened."""
    return [UnreadDue(*row) for row in rows(_unread_by_school(), school_id=school_id)]


@cache
def _unread_by_school() -> Select[*tuple[Any, ...]]:
    return (
        select(
            *(Event.slug, Event.title, func.count(Incident.id), func.min(Incident.written_at)),
        )
        .join(Event, Event.id == Incident.event_id)
        .where(
            Incident.school_id == bindparam("school_id", type_=Integer),
            Incident.opened_at.is_(None),
        )
        .group_by(Event.id)
        .order_by(func.min(Incident.written_at))
        .limit(TASKS_MAX)
    )


class WaitingDue(NamedTuple):
    """A note that waits for somebody: to be opened by a school, or to be closed."""

    public_id: str
    title: str
    school_name: str
    written_at: datetime
    is_read: bool


def waiting_for_host(actor: Actor, *, now: datetime, unread_for: timedelta) -> list[WaitingDue]:
    """Return open incidents of the actor's events, and those that no school has opened for a
    while, oldest first.
    """
    events = [g.event_id for g in actor.grants if g.role is Role.DAY_STAFF and g.event_id]
    unread = Incident.school_id.is_not(None) & Incident.opened_at.is_(None)
    found = db.session.execute(
        select(
            *(Incident.public_id, Event.title, School.name, Incident.written_at),
            unread.label("unread"),
        )
        .join(Event, Event.id == Incident.event_id)
        .outerjoin(School, School.id == Incident.school_id)
        .where(
            Event.host_school_id.in_(actor.school_ids(Role.HOST))
            | (Event.id.in_(events) & (Event.last_ends_at > now - timedelta(days=7))),
            Incident.closed_at.is_(None) | (unread & (Incident.written_at <= now - unread_for)),
        )
        .order_by(Incident.written_at, Incident.id)
        .limit(TASKS_MAX)
    )
    return [WaitingDue(*row[:4], not row[4]) for row in found]
