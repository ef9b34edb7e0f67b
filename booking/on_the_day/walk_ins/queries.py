"""Reads of walk-ins, for the door, for the home school, and for what waits to be done."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from booking.days.events.models import Event, EventDate
from booking.days.places import queries as place_queries
from booking.days.places.models import Booking, Place
from booking.domain import names
from booking.domain.permissions import Actor, Role
from booking.foundation.db import db
from booking.on_the_day.walk_ins.models import WalkIn, WalkInOutcome
from booking.people.pupils import queries as pupil_queries
from booking.people.pupils.models import Pupil
from booking.people.schools.models import School

#: How many become tasks of one person or school.
TASKS_MAX = 20


def by_public_id(public_id: str) -> WalkIn | None:
    """Return one walk-in with its event, date and school."""
    return db.session.scalar(
        select(WalkIn)
        .where(WalkIn.public_id == public_id)
        .options(joinedload(WalkIn.event), joinedload(WalkIn.date), joinedload(WalkIn.school))
    )


def of_date(date_id: int) -> Sequence[WalkIn]:
    """Return who came to a date without being on the list, the newest first."""
    return db.session.scalars(
        select(WalkIn)
        .where(WalkIn.date_id == date_id, WalkIn.undone_at.is_(None))
        .options(
            joinedload(WalkIn.school),
            joinedload(WalkIn.pupil),
            joinedload(WalkIn.instead_of).joinedload(Booking.pupil),
        )
        .order_by(WalkIn.added_at.desc(), WalkIn.id.desc())
    ).all()


def of_school(event_id: int, school_id: int) -> Sequence[WalkIn]:
    """Return who came with a school without being on the list, on any date of an event."""
    return db.session.scalars(
        select(WalkIn)
        .where(
            WalkIn.event_id == event_id,
            WalkIn.school_id == school_id,
            WalkIn.undone_at.is_(None),
        )
        .options(joinedload(WalkIn.pupil))
        .order_by(WalkIn.added_at, WalkIn.id)
    ).all()


def same(date_id: int, school_id: int, folded: str) -> WalkIn | None:
    """Return the walk-in of that name from that school, if it is written down already."""
    return db.session.scalar(
        select(WalkIn).where(
            WalkIn.date_id == date_id,
            WalkIn.school_id == school_id,
            WalkIn.folded == folded,
            WalkIn.undone_at.is_(None),
        )
    )


def filled(date_id: int) -> set[int]:
    """Return the places that walk-ins fill on a date."""
    found = select(WalkIn.place_id).where(
        WalkIn.date_id == date_id, WalkIn.place_id.is_not(None), WalkIn.undone_at.is_(None)
    )
    return {place_id for place_id in db.session.scalars(found) if place_id is not None}


def vacant(event_id: int, school_id: int, date_id: int) -> list[Place]:
    """Return the school's own places that nobody has and no walk-in fills on a date."""
    taken = filled(date_id)
    found = place_queries.vacant_places(event_id, school_id)
    return [place for place in found if place.id not in taken]


def pupil_called(school_id: int, folded: str) -> Pupil | None:
    """Return the only pupil of a school with this name; None if there is none, or several."""
    found = [
        pupil
        for pupil in pupil_queries.everybody(school_id)
        if names.tidy(pupil.name).casefold() == folded
    ]
    return found[0] if len(found) == 1 else None


def schools(event_id: int) -> Sequence[School]:
    """Return the schools that have places at an event, by name."""
    held = place_queries.held(event_id)
    return db.session.scalars(select(School).where(School.id.in_(held)).order_by(School.name)).all()


def to_settle(school_id: int, *, since: datetime) -> Sequence[WalkIn]:
    """Return the walk-ins of which a school has not said who they are."""
    return _waiting(WalkIn.school_id == school_id, WalkIn.outcome.is_(None), since=since)


def to_look_after(actor: Actor, *, since: datetime) -> Sequence[WalkIn]:
    """Return the walk-ins of whom the day's staff know too little."""
    at_events = [g.event_id for g in actor.grants if g.role is Role.DAY_STAFF and g.event_id]
    hosted = Event.host_school_id.in_(actor.school_ids(Role.HOST)) | Event.id.in_(at_events)
    unknown = or_(WalkIn.asked_at.is_(None), WalkIn.outcome == WalkInOutcome.NOT_OURS)
    return _waiting(hosted, unknown, since=since)


def _waiting(*conditions: ColumnElement[bool], since: datetime) -> Sequence[WalkIn]:
    return db.session.scalars(
        select(WalkIn)
        .join(WalkIn.event)
        .join(WalkIn.date)
        .where(*conditions, WalkIn.undone_at.is_(None), EventDate.ends_at >= since)
        .options(joinedload(WalkIn.event), joinedload(WalkIn.date), joinedload(WalkIn.school))
        .order_by(WalkIn.added_at, WalkIn.id)
        .limit(TASKS_MAX)
    ).all()
