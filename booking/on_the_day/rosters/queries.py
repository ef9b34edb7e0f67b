"""Reads of rosters and registers: what a host may know, and nothing else."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Integer, Select, bindparam, exists, func, select
from sqlalchemy.orm import selectinload

from booking.days.events import states as event_states
from booking.days.events.models import Event, EventDate, EventState
from booking.days.places.models import Booking
from booking.domain import registering
from booking.domain.booking_states import EXPECTED, BookingState
from booking.domain.needs import Collection as WayHome
from booking.domain.needs import PhotoPermission
from booking.domain.permissions import Actor, Role
from booking.domain.registering import Tap
from booking.foundation import holdings
from booking.foundation.db import db, rows
from booking.money.checkout.models import Needs
from booking.on_the_day.rosters.models import AccompanyingAdult, RegisterMark, RegisterTap

#: How many events are searched for one person's tasks.
TASK_EVENTS_MAX = 20


@dataclass(frozen=True)
class DayNeeds:
    """The columns of a pupil's needs that a roster may use, as far as they are open."""

    photo: PhotoPermission
    collection: WayHome
    collected_by: str
    diets: tuple[str, ...] = ()
    #: What the home school learnt about "something else" to eat.
    diet_note: str = ""
    access: str = ""
    health: str = ""


def day_needs(
    event_id: int, *, needs: bool, health: bool, of: ColumnElement[bool] | None = None
) -> dict[int, DayNeeds]:
    """Return the answers that were sent, by booking; closed columns are not even read.

    `of` limits them to some bookings.

    Answers to an earlier invitation no longer count, as in `checkout`.
    """
    wanted = [Needs.booking_id, Needs.photo, Needs.collection, Needs.collected_by]
    if needs:
        wanted += [Needs.diets, Needs.diet_note, Needs.access]
    if health:
        wanted += [Needs.health]
    rows = db.session.execute(
        select(*wanted)
        .join(Booking, Booking.id == Needs.booking_id)
        .where(
            Booking.event_id == event_id,
            Booking.state.in_(EXPECTED),
            Needs.sent_at.is_not(None),
            Needs.purged_at.is_(None),
            Needs.answered_at >= Booking.invited_at,
            *([] if of is None else [of]),
        )
    )
    found = {}
    for row in rows.mappings():
        found[row["booking_id"]] = DayNeeds(
            photo=row["photo"],
            collection=row["collection"],
            collected_by=row["collected_by"] or "",
            diets=tuple(row.get("diets") or ()),
            diet_note=row.get("diet_note") or "",
            access=row.get("access") or "",
            health=row.get("health") or "",
        )
    return found


def adults(event_id: int, school_id: int | None = None) -> list[AccompanyingAdult]:
    """Return who accompanies pupils to an event, by name; given a school, only its adults."""
    statement = (
        select(AccompanyingAdult)
        .where(AccompanyingAdult.event_id == event_id)
        .order_by(AccompanyingAdult.name, AccompanyingAdult.id)
    )
    if school_id is not None:
        statement = statement.where(AccompanyingAdult.school_id == school_id)
    return list(db.session.scalars(statement))


def ways_to_restricted(school_id: int) -> set[str]:
    """Return the addresses and numbers of a school's adults who are restricted."""
    found = db.session.execute(
        select(AccompanyingAdult.mobile, AccompanyingAdult.email).where(
            AccompanyingAdult.school_id == school_id, holdings.restricted(AccompanyingAdult)
        )
    )
    return {way for ways in found for way in ways if way}


def adults_before(event_id: int, school_id: int) -> list[AccompanyingAdult]:
    """Return the adults of a school's last other event that could come to this one, by name.

    They are known as long as that event's are kept. Whoever is restricted is left out.
    """
    last = db.session.scalar(
        select(AccompanyingAdult.event_id)
        .join(Event, Event.id == AccompanyingAdult.event_id)
        .where(AccompanyingAdult.school_id == school_id, AccompanyingAdult.event_id != event_id)
        .order_by(AccompanyingAdult.id.desc())
        .limit(1)
    )
    here = {adult.name.casefold() for adult in adults(event_id, school_id)}
    found = adults(last, school_id) if last is not None else []
    restricted = ways_to_restricted(school_id)
    return [
        adult
        for adult in found
        if adult.name.casefold() not in here and restricted.isdisjoint({adult.mobile, adult.email})
    ]


def adult_by_public_id(public_id: str) -> AccompanyingAdult | None:
    """Return one accompanying adult."""
    return db.session.scalar(
        select(AccompanyingAdult).where(AccompanyingAdult.public_id == public_id)
    )


def marks(date_id: int) -> dict[int, RegisterMark]:
    """Return the marks for one date, by booking."""
    found = db.session.scalars(select(RegisterMark).where(RegisterMark.date_id == date_id))
    return {mark.booking_id: mark for mark in found}


def marks_of_school(event_id: int, school_id: int) -> dict[tuple[int, int], RegisterMark]:
    """Return how a school's pupils arrived and left, by booking and date."""
    found = db.session.scalars(
        select(RegisterMark)
        .join(RegisterMark.booking)
        .where(Booking.event_id == event_id, Booking.school_id == school_id)
    )
    return {(mark.booking_id, mark.date_id): mark for mark in found}


def register_work(actor: Actor, *, since: datetime, until: datetime) -> list[tuple[EventDate, int]]:
    """Return dates with unmarked pupils, for events whose register the actor takes."""
    marked = exists().where(
        RegisterMark.booking_id == Booking.id,
        RegisterMark.date_id == EventDate.id,
        RegisterMark.arrival.is_not(None),
    )
    rows = db.session.execute(
        select(EventDate, func.count(Booking.id))
        .join(Event, Event.id == EventDate.event_id)
        .join(Booking, Booking.event_id == Event.id)
        .where(
            _hosted_by(actor),
            Event.state.in_(event_states.TAKES_PLACE),
            EventDate.ends_at >= since,
            EventDate.starts_at < until,
            Booking.state.in_(EXPECTED),
            ~marked,
        )
        .group_by(EventDate.id)
        .order_by(EventDate.starts_at)
        .options(selectinload(EventDate.event))
        .limit(TASK_EVENTS_MAX)
    )
    return [(day, count) for day, count in rows]


def rosters_due(actor: Actor, *, since: datetime, until: datetime) -> list[Event]:
    """Return the actor's events that begin in a period and expect pupils."""
    expected = exists().where(Booking.event_id == Event.id, Booking.state.in_(EXPECTED))
    return list(
        db.session.scalars(
            select(Event)
            .where(
                _hosted_by(actor),
                Event.state == EventState.PUBLISHED,
                Event.first_starts_at >= since,
                Event.first_starts_at < until,
                expected,
            )
            .order_by(Event.first_starts_at)
            .limit(TASK_EVENTS_MAX)
        )
    )


def without_adults(
    school_id: int, *, since: datetime, until: datetime
) -> list[tuple[str, str, datetime]]:
    """Return coming events that a school's pupils go to with no accompanying adult.

    Each has its slug, title and start.
    """
    found = rows(_without_adults(), school_id=school_id, since=since, until=until)
    return [(slug, title, starts_at) for slug, title, starts_at in found]


@cache
def _without_adults() -> Select[str, str, datetime | None]:
    school = bindparam("school_id", type_=Integer)
    at_event = (Booking.event_id == Event.id, Booking.school_id == school)
    named = exists().where(
        AccompanyingAdult.event_id == Event.id, AccompanyingAdult.school_id == school
    )
    return (
        select(Event.slug, Event.title, Event.first_starts_at)
        .where(
            Event.state == EventState.PUBLISHED,
            Event.first_starts_at >= bindparam("since", type_=Event.first_starts_at.type),
            Event.first_starts_at < bindparam("until", type_=Event.first_starts_at.type),
            Event.host_school_id != school,
            exists().where(*at_event, Booking.state == BookingState.CONFIRMED),
            ~named,
        )
        .order_by(Event.first_starts_at)
        .limit(TASK_EVENTS_MAX)
    )


def marks_of_bookings(booking_ids: Sequence[int]) -> list[RegisterMark]:
    """Return every mark of these bookings, on all dates."""
    return list(
        db.session.scalars(select(RegisterMark).where(RegisterMark.booking_id.in_(booking_ids)))
    )


def register_of(date_id: int) -> dict[str, RegisterMark]:
    """Return the marks for one date, by the public id of their booking."""
    found = db.session.execute(
        select(Booking.public_id, RegisterMark)
        .join(RegisterMark.booking)
        .where(RegisterMark.date_id == date_id, Booking.state.in_(EXPECTED))
    )
    return {public_id: mark for public_id, mark in found}


def booking_ids(event_id: int, public_ids: Collection[str]) -> list[int]:
    """Return the ids of those of an event's bookings that have these public ids."""
    return list(
        db.session.scalars(
            select(Booking.id).where(
                Booking.event_id == event_id, Booking.public_id.in_(public_ids)
            )
        )
    )


def known_keys(keys: Collection[str]) -> set[str]:
    """Return which of these taps came in before, about whomever."""
    return set(db.session.scalars(select(RegisterTap.key).where(RegisterTap.key.in_(keys))))


def taps(date_id: int, booking_ids: Sequence[int]) -> list[Tap]:
    """Return every tap about these bookings on one date."""
    found = db.session.scalars(
        select(RegisterTap).where(
            RegisterTap.date_id == date_id, RegisterTap.booking_id.in_(booking_ids)
        )
    )
    return [
        Tap(
            at=row.tapped_at,
            key=row.key,
            pupil=row.booking_id,
            aspect=row.aspect,
            mark=registering.mark_of(row.aspect, row.mark),
            by_id=row.by_id,
            left_with=row.left_with or "",
        )
        for row in found
    ]


def _hosted_by(actor: Actor) -> ColumnElement[bool]:
    events = [g.event_id for g in actor.grants if g.role is Role.DAY_STAFF and g.event_id]
    return Event.host_school_id.in_(actor.school_ids(Role.HOST)) | Event.id.in_(events)
