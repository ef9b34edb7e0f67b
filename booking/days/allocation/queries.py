"""Reads of rounds: one, those that wait for somebody, and who may have a quota."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import joinedload

from booking.days.allocation.models import Round
from booking.days.events.models import Event, EventState, Sharing
from booking.days.places import queries as place_queries
from booking.days.places.models import Place, PlaceRequest
from booking.days.seasons.models import PlannedEvent
from booking.domain import year_groups
from booking.foundation.db import db
from booking.people.schools import queries as school_queries
from booking.people.schools.models import School

#: How many rounds or tasks are read at once.
BATCH = 100


def round_of(event_id: int) -> Round | None:
    """Return the round of an event, once it has been run."""
    return db.session.scalar(
        select(Round).where(Round.event_id == event_id).options(joinedload(Round.run_by))
    )


def was_run(event_id: int) -> bool:
    """Return whether the round of an event has been run."""
    return bool(db.session.scalar(select(exists().where(Round.event_id == event_id))))


def all_rounds() -> Iterator[Round]:
    """Yield every round with its event, in id order, read in batches."""
    last = 0
    while batch := db.session.scalars(
        select(Round)
        .where(Round.id > last)
        .options(joinedload(Round.event))
        .order_by(Round.id)
        .limit(BATCH)
    ).all():
        last = batch[-1].id  # whoever has the batch may end the reading after it
        yield from batch


def schools_by_slug(slugs: Collection[str]) -> dict[str, School]:
    """Return these schools, those that have left the network included."""
    found = db.session.scalars(select(School).where(School.slug.in_(slugs)))
    return {school.slug: school for school in found}


def schools_of_season(*, since: date, received_ids: Collection[int]) -> list[School]:
    """Return the schools in the network after a day, and others that received places, by name."""
    return list(
        db.session.scalars(
            select(School)
            .where(
                School.left_on.is_(None) | (School.left_on > since) | School.id.in_(received_ids)
            )
            .order_by(School.name, School.id)
        )
    )


@dataclass(frozen=True)
class QuotaStanding:
    """A school that may have a quota at an event, with its numbers."""

    school: School
    quota: int
    wanted: int
    held: int


def kept(event: Event) -> list[QuotaStanding]:
    """Return every school with the event's years, and any other with a quota, by name."""
    asked = {request.school_id: request for request in place_queries.requests(event.id)}
    held = place_queries.held(event.id)
    years = (event.low_year, event.high_year)
    listed = {
        school.id: school
        for school in school_queries.member_schools()
        if year_groups.overlap((school.low_year, school.high_year), years)
    }
    listed |= {request.school_id: request.school for request in asked.values() if request.quota}
    return [
        QuotaStanding(
            school,
            quota=asked[school.id].quota if school.id in asked else 0,
            wanted=asked[school.id].wanted if school.id in asked else 0,
            held=held.get(school.id, 0),
        )
        for school in sorted(listed.values(), key=lambda school: (school.name, school.id))
    ]


@dataclass(frozen=True)
class Waiting:
    """An event whose places are waiting to be shared, and how many places are asked for."""

    event: Event
    schools: int
    wanted: int


def rounds_due(now: datetime, host_ids: Sequence[int] | None) -> list[Waiting]:
    """Return the events with closed requests whose round has not been run; None means anyone's."""
    return _waiting(
        now,
        host_ids,
        Event.sharing == Sharing.FAIR_ROUND,
        Event.requests_close_at <= now,
        ~exists().where(Round.event_id == Event.id),
        ~exists().where(PlannedEvent.event_id == Event.id, PlannedEvent.released_at.is_(None)),
    )


def quotas_due(now: datetime, host_ids: Sequence[int] | None) -> list[Waiting]:
    """Return the events whose host has not kept a place for any school yet."""
    return _waiting(
        now,
        host_ids,
        Event.sharing == Sharing.SET_QUOTAS,
        Event.release_at > now,
        ~exists().where(Place.event_id == Event.id, Place.school_id.is_not(None)),
    )


def _waiting(
    now: datetime, host_ids: Sequence[int] | None, *conditions: ColumnElement[bool]
) -> list[Waiting]:
    statement = (
        select(
            Event,
            func.count(PlaceRequest.id),
            func.coalesce(func.sum(PlaceRequest.wanted), 0),
        )
        .outerjoin(PlaceRequest, PlaceRequest.event_id == Event.id)
        .where(Event.state == EventState.PUBLISHED, Event.first_starts_at > now, *conditions)
        .group_by(Event.id)
        .order_by(Event.first_starts_at, Event.id)
        .limit(BATCH)
    )
    if host_ids is not None:
        statement = statement.where(Event.host_school_id.in_(host_ids))
    return [
        Waiting(event, count, int(wanted)) for event, count, wanted in db.session.execute(statement)
    ]


def quotas_to_publish(now: datetime) -> list[int]:
    """Return some events whose quotas are final and have no record yet."""
    ends_at = func.coalesce(Event.release_at, Event.naming_close_at)
    return list(
        db.session.scalars(
            select(Event.id)
            .where(
                Event.state == EventState.PUBLISHED,
                Event.sharing == Sharing.SET_QUOTAS,
                ends_at <= now,
                exists().where(PlaceRequest.event_id == Event.id, PlaceRequest.quota > 0),
                ~exists().where(Round.event_id == Event.id),
            )
            .order_by(Event.id)
            .limit(BATCH)
        )
    )
