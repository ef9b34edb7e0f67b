"""Conditions for an event, or one of its deadlines, to be in somebody's calendar."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, or_, true
from sqlalchemy.orm import InstrumentedAttribute

from booking.days.events.models import Event, EventState
from booking.days.places.models import Booking, Place, PlaceRequest
from booking.days.places.queries.bookings import is_seated
from booking.domain.permissions import Actor, Role
from booking.foundation import contacts
from booking.on_the_day.rosters.models import AccompanyingAdult
from booking.people.pupils.models import PupilParent
from booking.people.schools import queries as school_queries
from booking.people.schools.models import School

Condition = ColumnElement[bool]


def hosts(actor: Actor) -> Condition:
    """Return the condition that somebody runs the event: their school hosts it, or they lead."""
    if actor.has(Role.LEAD):
        return true()
    return Event.host_school_id.in_(actor.school_ids(Role.HOST))


def helps(actor: Actor, mobile: str) -> Condition:
    """Return the condition that somebody is day staff, or accompanies their school's pupils."""
    event_ids = [g.event_id for g in actor.grants if g.role is Role.DAY_STAFF and g.event_id]
    school_ids = {g.school_id for g in actor.grants if g.school_id is not None}
    number = _e164(mobile)
    comes_along = exists().where(
        AccompanyingAdult.event_id == Event.id,
        AccompanyingAdult.school_id.in_(school_ids),
        AccompanyingAdult.mobile == number,
    )
    return or_(Event.id.in_(event_ids), comes_along if number and school_ids else false())


def _e164(mobile: str) -> str:
    """Return a mobile number as the roster stores it; people type theirs in many ways."""
    try:
        return contacts.e164(mobile)
    except contacts.NotAPhone:
        return ""


def holds(school_ids: tuple[int, ...], *, unnamed: bool = False) -> Condition:
    """Return the condition that one of these schools holds a place, or an unnamed one."""
    if not school_ids:
        return false()
    held = exists().where(
        Place.event_id == Event.id, Place.school_id.in_(school_ids), Place.removed_at.is_(None)
    )
    return held.where(~is_seated()) if unnamed else held


def may_ask(school_ids: tuple[int, ...]) -> Condition:
    """Return the condition that one of these schools has the years but has not asked yet."""
    if not school_ids:
        return false()
    has_asked = exists().where(
        PlaceRequest.event_id == Event.id, PlaceRequest.school_id == School.id
    )
    return exists().where(
        School.id.in_(school_ids),
        School.id != Event.host_school_id,
        school_queries.has_years(Event.low_year, Event.high_year),
        ~has_asked.correlate(Event, School),
    )


def is_open(deadline: InstrumentedAttribute[datetime | None], now: Any) -> Condition:
    """Return the condition that a deadline is to come, or was when its event was cancelled."""
    return or_(
        and_(Event.state == EventState.PUBLISHED, deadline >= now),
        and_(Event.state == EventState.CANCELLED, deadline >= Event.cancelled_at),
    )


def has_child(parent_id: int, condition: Condition) -> Condition:
    """Return the condition that this parent's child has such a booking."""
    return exists().where(
        Booking.event_id == Event.id,
        PupilParent.pupil_id == Booking.pupil_id,
        PupilParent.parent_id == parent_id,
        condition,
    )
