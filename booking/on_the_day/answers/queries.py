"""Reads of what families answered, for those who may know it."""

from collections.abc import Collection as Some
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, String, bindparam, cast, func, select
from sqlalchemy.orm import joinedload

from booking.days.events.models import Event
from booking.days.places.models import Booking
from booking.domain.booking_states import EXPECTED, BookingState
from booking.domain.needs import Collection, Diet, PhotoPermission
from booking.domain.permissions import Actor, Role
from booking.foundation.db import db, rows
from booking.money.checkout.models import Needs
from booking.on_the_day.answers.models import Audience, ContactOpening, LateChange
from booking.people.pupils.models import Parent, Pupil
from booking.people.schools.models import Person

#: How many diets to ask about become tasks of one school, and how many events a pupil's page lists.
TASKS_MAX = EVENTS_MAX = 20
#: How many late changes the host's page shows.
CHANGES_MAX = 200
#: How long a number stays open to whoever opened it.
OPEN_FOR = timedelta(minutes=15)


@dataclass(frozen=True)
class SentAnswers:
    """What was answered about one booking and sent, except health, which has a guard of its own."""

    has_alert: bool
    diets: tuple[str, ...]
    diet_note: str
    access: str
    photo: PhotoPermission
    collection: Collection
    collected_by: str
    emergency_name: str
    emergency_phone: str
    sent_at: datetime
    answered_at: datetime
    #: Which parent told health, food and access, and which one the rest; None: paper, or several.
    told_by_id: int | None
    day_by_id: int | None
    is_purged: bool


def sent_answers(booking: Booking) -> SentAnswers | None:
    """Return what was sent since the pupil was last invited. Health is not even read."""
    found = db.session.execute(
        select(
            Needs.health.is_not(None).label("has_alert"),
            *(Needs.diets, Needs.diet_note, Needs.access, Needs.photo, Needs.collection),
            *(Needs.collected_by, Needs.emergency_name, Needs.emergency_phone, Needs.sent_at),
            *(Needs.answered_at, Needs.told_by_id, Needs.day_by_id, Needs.purged_at),
        )
        .join(Booking, Booking.id == Needs.booking_id)
        .where(
            Needs.booking_id == booking.id,
            Needs.sent_at.is_not(None),
            Needs.answered_at >= Booking.invited_at,
        )
    ).first()
    if found is None:
        return None
    return SentAnswers(
        has_alert=bool(found.has_alert),
        diets=tuple(found.diets or ()),
        diet_note=found.diet_note or "",
        access=found.access or "",
        photo=found.photo,
        collection=found.collection,
        collected_by=found.collected_by or "",
        emergency_name=found.emergency_name or "",
        emergency_phone=found.emergency_phone or "",
        sent_at=found.sent_at,
        answered_at=found.answered_at,
        told_by_id=found.told_by_id,
        day_by_id=found.day_by_id,
        is_purged=found.purged_at is not None,
    )


def parent_names(ids: Some[int]) -> dict[int, str]:
    """Return the names of parents, of whom some may no longer be on a pupil's record."""
    found = db.session.execute(select(Parent.id, Parent.name).where(Parent.id.in_(ids)))
    return {parent_id: name for parent_id, name in found}


def person_names(ids: Some[int]) -> dict[int, str]:
    """Return the names of people with roles."""
    found = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {person_id: name for person_id, name in found}


def bookings_of(pupil: Pupil) -> list[tuple[Booking, Event]]:
    """Return the events that a pupil was named for, newest first."""
    found = db.session.execute(
        select(Booking, Event)
        .join(Event, Event.id == Booking.event_id)
        .where(Booking.pupil_id == pupil.id)
        .order_by(Event.first_starts_at.desc(), Booking.id.desc())
        .limit(EVENTS_MAX)
    )
    return [(booking, event) for booking, event in found]


class DietToAsk(NamedTuple):
    """A family ticked "something else", and the kitchen does not know yet what that is."""

    public_id: str
    forename: str
    surname: str
    title: str
    starts_at: datetime


def diets_to_ask(school_id: int, *, now: datetime) -> list[DietToAsk]:
    """Return the coming pupils of a school whose diet the host is to ask the school about."""
    return [DietToAsk(*row) for row in rows(_diets_to_ask(), school_id=school_id, now=now)]


@cache
def _diets_to_ask() -> Select[*tuple[Any, ...]]:
    return (
        select(Booking.public_id, Pupil.forename, Pupil.surname, Event.title, Event.first_starts_at)
        .join(Pupil, Pupil.id == Booking.pupil_id)
        .join(Event, Event.id == Booking.event_id)
        .join(Needs, Needs.booking_id == Booking.id)
        .where(
            Booking.school_id == bindparam("school_id", type_=Integer),
            Booking.state == BookingState.CONFIRMED,
            Event.last_ends_at > bindparam("now", type_=Event.last_ends_at.type),
            Needs.sent_at.is_not(None),
            Needs.purged_at.is_(None),
            Needs.answered_at >= Booking.invited_at,
            Needs.diet_note.is_(None),
            # A JSON list of codes, read as text: alike on both databases.
            cast(Needs.diets, String).contains(f'"{Diet.OTHER}"'),
        )
        .order_by(Event.first_starts_at, Booking.id)
        .limit(TASKS_MAX)
    )


class EmergencyContact(NamedTuple):
    """Whom to ring for a pupil."""

    name: str
    #: E.164.
    phone: str


def contacts(event_id: int, school_id: int) -> dict[int, EmergencyContact]:
    """Return whom to ring for a school's pupils who are expected, by booking."""
    found = db.session.execute(
        select(Needs.booking_id, Needs.emergency_name, Needs.emergency_phone)
        .join(Booking, Booking.id == Needs.booking_id)
        .where(
            Booking.event_id == event_id,
            Booking.school_id == school_id,
            Booking.state.in_(EXPECTED),
            Needs.sent_at.is_not(None),
            Needs.purged_at.is_(None),
            Needs.answered_at >= Booking.invited_at,
        )
    )
    return {
        booking_id: EmergencyContact(name or "", phone)
        for booking_id, name, phone in found
        if phone
    }


def open_contact(booking_id: int, person_id: int, *, now: datetime) -> ContactOpening | None:
    """Return the opening by which a person may read a number now."""
    return db.session.scalars(
        select(ContactOpening)
        .where(
            ContactOpening.booking_id == booking_id,
            ContactOpening.person_id == person_id,
            ContactOpening.opened_at > now - OPEN_FOR,
        )
        .order_by(ContactOpening.opened_at.desc())
    ).first()


def openings(booking_id: int) -> list[ContactOpening]:
    """Return who opened whom to ring for a pupil, oldest first."""
    return list(
        db.session.scalars(
            select(ContactOpening)
            .where(ContactOpening.booking_id == booking_id)
            .options(joinedload(ContactOpening.person))
            .order_by(ContactOpening.id)
        )
    )


def changes_of(booking_id: int) -> list[LateChange]:
    """Return what a family changed late and who has seen it, newest first."""
    return list(
        db.session.scalars(
            select(LateChange)
            .where(LateChange.booking_id == booking_id)
            .options(joinedload(LateChange.seen_by))
            .order_by(LateChange.changed_at.desc(), LateChange.id.desc())
        )
    )


def changes_for_host(event_id: int) -> list[LateChange]:
    """Return what families changed late at an event for its staff, unseen first, then newest."""
    return list(
        db.session.scalars(
            select(LateChange)
            .join(Booking, Booking.id == LateChange.booking_id)
            .where(Booking.event_id == event_id, LateChange.audience == Audience.HOST)
            .options(
                joinedload(LateChange.seen_by),
                joinedload(LateChange.booking).joinedload(Booking.pupil),
                joinedload(LateChange.booking).joinedload(Booking.school),
            )
            .order_by(LateChange.seen_at.is_not(None), LateChange.changed_at.desc())
            .limit(CHANGES_MAX)
        )
    )


def change_by_public_id(public_id: str) -> LateChange | None:
    """Return one late change with its booking."""
    return db.session.scalar(
        select(LateChange)
        .where(LateChange.public_id == public_id)
        .options(joinedload(LateChange.booking).joinedload(Booking.event))
    )


class ChangeDue(NamedTuple):
    """A late change that nobody at the pupil's school has seen."""

    public_id: str
    forename: str
    surname: str
    title: str
    parts: list[str]
    starts_at: datetime


def unseen_by_school(school_id: int, *, now: datetime) -> list[ChangeDue]:
    """Return the late changes that a school's coordinators have not seen, soonest event first."""
    return [ChangeDue(*row) for row in rows(_unseen_by_school(), school_id=school_id, now=now)]


@cache
def _unseen_by_school() -> Select[*tuple[Any, ...]]:
    return (
        select(
            *(Booking.public_id, Pupil.forename, Pupil.surname, Event.title),
            *(LateChange.parts, Event.first_starts_at),
        )
        .join(Booking, Booking.id == LateChange.booking_id)
        .join(Pupil, Pupil.id == Booking.pupil_id)
        .join(Event, Event.id == Booking.event_id)
        .where(
            Booking.school_id == bindparam("school_id", type_=Integer),
            LateChange.audience == Audience.SCHOOL,
            LateChange.seen_at.is_(None),
            Event.last_ends_at > bindparam("now", type_=Event.last_ends_at.type),
        )
        .order_by(Event.first_starts_at, LateChange.id)
        .limit(TASKS_MAX)
    )


def unseen_by_host(actor: Actor, *, now: datetime) -> list[tuple[str, str, int, datetime | None]]:
    """Return the events whose staff have not seen late changes: slug, title, how many, start."""
    events = [g.event_id for g in actor.grants if g.role is Role.DAY_STAFF and g.event_id]
    found = db.session.execute(
        select(Event.slug, Event.title, func.count(LateChange.id), Event.first_starts_at)
        .join(Booking, Booking.event_id == Event.id)
        .join(LateChange, LateChange.booking_id == Booking.id)
        .where(
            Event.host_school_id.in_(actor.school_ids(Role.HOST)) | Event.id.in_(events),
            Event.last_ends_at > now,
            LateChange.audience == Audience.HOST,
            LateChange.seen_at.is_(None),
        )
        .group_by(Event.id)
        .order_by(Event.first_starts_at, Event.id)
        .limit(TASKS_MAX)
    )
    return [(slug, title, count, starts_at) for slug, title, count, starts_at in found]
