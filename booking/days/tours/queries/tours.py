"""Reads of tours and their stops, and of the times at which leaders and kits are taken."""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from booking.days.events.models import Event, EventState
from booking.days.tours import states
from booking.days.tours.models import (
    StopLeader,
    StopState,
    Tour,
    TourLeader,
    TourState,
    TourStop,
)
from booking.domain.permissions import Actor, Role
from booking.domain.touring import StopTime
from booking.foundation.db import db
from booking.people.schools.models import Person, RoleGrant, School

#: Longer than anybody travels between two stops of one day.
AROUND = timedelta(days=1)


def by_slug(slug: str) -> Tour | None:
    """Return a tour with its stops, their schools and their events."""
    return db.session.scalars(_whole().where(Tour.slug == slug)).one_or_none()


def public_by_slug(slug: str) -> Tour | None:
    """Return a tour that schools may read of."""
    return db.session.scalars(
        _whole().where(Tour.slug == slug, Tour.state.in_(states.PUBLIC))
    ).one_or_none()


def _whole() -> Select[Tour]:
    stops = selectinload(Tour.stops)
    return select(Tour).options(
        joinedload(Tour.leading_school),
        joinedload(Tour.kit),
        stops.joinedload(TourStop.school),
        stops.joinedload(TourStop.event),
        stops.selectinload(TourStop.times),
    )


def listing() -> Select[Tour]:
    """Select the tours that everybody can read of, those that are open first."""
    return (
        select(Tour)
        .where(Tour.state.in_(states.PUBLIC))
        .options(joinedload(Tour.leading_school))
        .order_by(Tour.state.desc(), Tour.last_on.desc(), Tour.id)
    )


def open_tours() -> list[Tour]:
    """Return the tours that schools can ask for now, by title."""
    statement = select(Tour).where(Tour.state == TourState.OPEN).order_by(Tour.title, Tour.id)
    return list(db.session.scalars(statement.options(joinedload(Tour.leading_school))))


def kept(actor: Actor) -> list[Tour]:
    """Return the tours that a person keeps, or leads the pupils of; the newest first."""
    schools = {*actor.school_ids(Role.HOST), *actor.school_ids(Role.COORDINATOR)}
    statement = select(Tour).options(joinedload(Tour.leading_school)).order_by(Tour.id.desc())
    if not (actor.has(Role.LEAD) or actor.has(Role.AUDITOR)):
        statement = statement.where(Tour.leading_school_id.in_(schools))
    return list(db.session.scalars(statement))


def slugs_like(stem: str) -> set[str]:
    """Return the addresses in use that begin with `stem`."""
    return set(db.session.scalars(select(Tour.slug).where(Tour.slug.startswith(stem))))


def stop_by_public_id(public_id: str) -> TourStop | None:
    """Return a stop with its tour, school and event."""
    return db.session.scalars(
        select(TourStop)
        .where(TourStop.public_id == public_id)
        .options(
            joinedload(TourStop.tour).joinedload(Tour.leading_school),
            joinedload(TourStop.school),
            joinedload(TourStop.event),
        )
    ).one_or_none()


def stop_of_event(event_id: int) -> TourStop | None:
    """Return the stop that an event is, with its tour; None for any other event."""
    return db.session.scalars(
        select(TourStop)
        .where(TourStop.event_id == event_id)
        .options(joinedload(TourStop.tour).joinedload(Tour.leading_school))
    ).one_or_none()


def live_stop(tour_id: int, school_id: int) -> TourStop | None:
    """Return the stop that a school waits for or has."""
    return db.session.scalars(
        select(TourStop).where(
            TourStop.tour_id == tour_id,
            TourStop.school_id == school_id,
            TourStop.state.in_(states.LIVE),
        )
    ).one_or_none()


def taken_times(
    *,
    tour: Tour,
    around: StopTime,
    but: int | None,
    pupil_ids: Collection[int] = (),
) -> list[StopTime]:
    """Return when the leaders or the kit of a tour are taken, near a time.

    Those are the tour's other stops, the stops of other tours with the same kit, and those that any
    of these pupils lead. `but` is the stop that is being moved.
    """
    same = Tour.id == tour.id
    if tour.kit_id is not None:
        same = or_(same, Tour.kit_id == tour.kit_id)
    if pupil_ids:
        led = exists().where(
            StopLeader.stop_id == TourStop.id,
            StopLeader.leader_id == TourLeader.id,
            TourLeader.pupil_id.in_(pupil_ids),
        )
        same = or_(same, led)
    rows = db.session.execute(
        select(TourStop.starts_at, TourStop.ends_at, Tour.travel_minutes)
        .join(Tour, Tour.id == TourStop.tour_id)
        .where(
            same,
            TourStop.state == StopState.ACCEPTED,
            TourStop.id != (but or 0),
            TourStop.starts_at < around.ends_at + AROUND,
            TourStop.ends_at > around.starts_at - AROUND,
        )
    )
    return [
        StopTime(starts_at, ends_at, travel)
        for starts_at, ends_at, travel in rows
        if starts_at is not None and ends_at is not None
    ]


def unanswered(school_ids: Collection[int]) -> list[TourStop]:
    """Return the wishes that these schools' tours have not answered, oldest first."""
    return list(
        db.session.scalars(
            select(TourStop)
            .join(Tour, Tour.id == TourStop.tour_id)
            .where(
                Tour.leading_school_id.in_(school_ids),
                TourStop.state == StopState.ASKED,
                Tour.state == TourState.OPEN,
            )
            .options(joinedload(TourStop.tour), joinedload(TourStop.school))
            .order_by(TourStop.asked_at, TourStop.id)
        )
    )


def drafts_at_schools_without_host() -> list[TourStop]:
    """Return the stops whose events nobody at their school can publish, soonest first."""
    host = exists().where(
        RoleGrant.school_id == School.id,
        RoleGrant.role == Role.HOST,
        RoleGrant.person_id == Person.id,
        Person.disabled_at.is_(None),
    )
    return list(
        db.session.scalars(
            select(TourStop)
            .join(School, School.id == TourStop.school_id)
            .join(Event, Event.id == TourStop.event_id)
            .where(TourStop.state == StopState.ACCEPTED, Event.state == EventState.DRAFT, ~host)
            .options(joinedload(TourStop.event), joinedload(TourStop.school))
            .order_by(TourStop.starts_at, TourStop.id)
        )
    )


def hosts_at(school_ids: Collection[int]) -> dict[int, list[str]]:
    """Return the names of those who host events at these schools."""
    found: dict[int, list[str]] = {}
    rows = db.session.execute(
        select(RoleGrant.school_id, Person.name)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(
            RoleGrant.role == Role.HOST,
            RoleGrant.school_id.in_(school_ids),
            Person.disabled_at.is_(None),
        )
        .order_by(Person.name, Person.id)
    )
    for school_id, name in rows:
        if school_id is not None:
            found.setdefault(school_id, []).append(name)
    return found


def live_stops_at(tour: Tour, school_ids: Collection[int]) -> list[TourStop]:
    """Return the stops of a tour that these schools wait for or have."""
    return list(
        db.session.scalars(
            select(TourStop)
            .where(
                TourStop.tour_id == tour.id,
                TourStop.school_id.in_(school_ids),
                TourStop.state.in_(states.LIVE),
            )
            .options(joinedload(TourStop.school), selectinload(TourStop.times))
            .order_by(TourStop.id)
        )
    )
