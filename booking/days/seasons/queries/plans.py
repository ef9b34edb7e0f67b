"""Plans, their events and how far the schools have got."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, bindparam, distinct, exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from booking.days.events import states as event_states
from booking.days.events.models import Event, EventState, Sharing
from booking.days.places import queries as place_queries
from booking.days.places.models import PlaceRequest
from booking.days.seasons.details import PlanMark
from booking.days.seasons.models import (
    PlannedEvent,
    PlannedPupil,
    PlannedSchool,
    PlanRecord,
    PlanState,
    Proposal,
    SeasonPlan,
    Wish,
)
from booking.foundation.clock import LONDON
from booking.foundation.db import db, rows
from booking.people.pupils.models import Pupil
from booking.people.schools.details import SchoolLine
from booking.people.schools.models import School

#: A term has fewer events than this.
EVENTS_MAX = 200
#: How many records are read at once.
BATCH = 20


def by_slug(slug: str) -> SeasonPlan | None:
    """Return a plan by its address."""
    return db.session.scalar(select(SeasonPlan).where(SeasonPlan.slug == slug))


def slugs_like(stem: str) -> set[str]:
    """Return the addresses of plans that begin with `stem`."""
    found = select(SeasonPlan.slug).where(SeasonPlan.slug.startswith(stem, autoescape=True))
    return set(db.session.scalars(found))


def listing() -> Select[SeasonPlan]:
    """Select all plans, newest first, for paging."""
    return (
        select(SeasonPlan)
        .options(selectinload(SeasonPlan.events))
        .order_by(SeasonPlan.opened_at.desc(), SeasonPlan.id.desc())
    )


def candidates(first_on: date, last_on: date, now: datetime) -> list[Event]:
    """Return the events in these days that a new plan could share, by date.

    They are published fair rounds that have not begun, with open requests and places that nobody
    has shared, and that are in no other plan.
    """
    starts_at = datetime.combine(first_on, time(), tzinfo=LONDON)
    ends_at = datetime.combine(last_on + timedelta(days=1), time(), tzinfo=LONDON)
    return list(
        db.session.scalars(
            select(Event)
            .where(
                Event.state == EventState.PUBLISHED,
                Event.sharing == Sharing.FAIR_ROUND,
                Event.first_starts_at > now,
                Event.first_starts_at >= starts_at,
                Event.first_starts_at < ends_at,
                Event.requests_close_at > now,
                ~exists().where(
                    PlannedEvent.event_id == Event.id, PlannedEvent.released_at.is_(None)
                ),
                ~exists().where(
                    PlaceRequest.event_id == Event.id, PlaceRequest.frozen_at.is_not(None)
                ),
            )
            .options(selectinload(Event.dates), joinedload(Event.host_school))
            .order_by(Event.first_starts_at, Event.id)
            .limit(EVENTS_MAX)
        )
    )


def events_of(plan: SeasonPlan) -> list[Event]:
    """Return a plan's events with their dates, by date; released ones are left out."""
    return list(
        db.session.scalars(
            select(Event)
            .join(PlannedEvent, PlannedEvent.event_id == Event.id)
            .where(PlannedEvent.plan_id == plan.id, PlannedEvent.released_at.is_(None))
            .options(selectinload(Event.dates), joinedload(Event.host_school))
            .order_by(Event.first_starts_at, Event.id)
        )
    )


def still_shareable(event: Event, now: datetime) -> bool:
    """Return whether a plan could still share an event: published, not begun, not shared."""
    return (
        event_states.is_live(event, now)
        and event.sharing is Sharing.FAIR_ROUND
        and not place_queries.is_shared(event.id)
    )


def is_planned() -> ColumnElement[bool]:
    """Return the condition that an event is waiting to be shared by a plan."""
    return exists().where(
        PlannedEvent.event_id == Event.id,
        PlannedEvent.released_at.is_(None),
        SeasonPlan.id == PlannedEvent.plan_id,
        SeasonPlan.state == PlanState.OPEN,
    )


def plan_of(event_id: int) -> SeasonPlan | None:
    """Return the plan that shares, or shared, an event."""
    return db.session.scalar(
        select(SeasonPlan)
        .join(PlannedEvent, PlannedEvent.plan_id == SeasonPlan.id)
        .where(PlannedEvent.event_id == event_id, PlannedEvent.released_at.is_(None))
    )


def mark_of(event_id: int) -> PlanMark | None:
    """Return what is said about an event's plan; None if it has none."""
    row = db.session.execute(
        select(SeasonPlan.slug, SeasonPlan.name, SeasonPlan.state, SeasonPlan.wishes_close_at)
        .join(PlannedEvent, PlannedEvent.plan_id == SeasonPlan.id)
        .where(PlannedEvent.event_id == event_id, PlannedEvent.released_at.is_(None))
    ).first()
    return PlanMark(*row) if row else None


class OpenPlan(NamedTuple):
    """A plan that is open for wishes, as columns."""

    id: int
    slug: str
    name: str
    wishes_close_at: datetime


def open_for_school(school: SchoolLine, now: datetime) -> list[OpenPlan]:
    """Return the plans that a school may enter wishes for, the most urgent first."""
    facts = {"now": now, "low_year": school.low_year, "high_year": school.high_year}
    return [OpenPlan(*row) for row in rows(_open_for_school(), **facts)]


@cache
def _open_for_school() -> Select[*tuple[Any, ...]]:
    # Built once, because every visit to a coordinator's home page runs it.
    reachable = exists().where(
        PlannedEvent.plan_id == SeasonPlan.id,
        PlannedEvent.released_at.is_(None),
        Event.id == PlannedEvent.event_id,
        Event.low_year <= bindparam("high_year", type_=Integer),
        Event.high_year >= bindparam("low_year", type_=Integer),
    )
    closes_at = SeasonPlan.wishes_close_at
    return (
        select(*(getattr(SeasonPlan, name) for name in OpenPlan._fields))
        .where(
            SeasonPlan.state == PlanState.OPEN,
            closes_at > bindparam("now", type_=closes_at.type),
            reachable,
        )
        .order_by(closes_at, SeasonPlan.id)
    )


def proposal_of(plan_id: int) -> Proposal | None:
    """Return the newest plan worked out."""
    return db.session.get(Proposal, plan_id)


def record_of(plan_id: int) -> PlanRecord | None:
    """Return what was accepted."""
    return db.session.scalar(
        select(PlanRecord)
        .where(PlanRecord.plan_id == plan_id)
        .options(joinedload(PlanRecord.accepted_by))
    )


def all_records() -> Iterator[PlanRecord]:
    """Yield every accepted plan with its record, in id order."""
    last = 0
    while batch := db.session.scalars(
        select(PlanRecord)
        .where(PlanRecord.id > last)
        .options(joinedload(PlanRecord.plan))
        .order_by(PlanRecord.id)
        .limit(BATCH)
    ).all():
        last = batch[-1].id  # whoever has the batch may end the reading after it
        yield from batch


def schools_for(low_year: int, high_year: int) -> Select[School]:
    """Select the member schools that have pupils in a range of years, by name."""
    return (
        select(School)
        .where(School.left_on.is_(None), School.low_year <= high_year, School.high_year >= low_year)
        .order_by(School.name, School.id)
    )


@dataclass(frozen=True)
class WishProgress:
    """How far a school has got with its wishes: numbers, no names."""

    pupils: int = 0
    wishes: int = 0
    is_finished: bool = False


def progress(plan_id: int) -> dict[int, WishProgress]:
    """Return how far each school that has started has got, by school id: two queries."""
    finished = set(
        db.session.scalars(
            select(PlannedSchool.school_id).where(
                PlannedSchool.plan_id == plan_id, PlannedSchool.finished_at.is_not(None)
            )
        )
    )
    found = db.session.execute(
        select(Pupil.school_id, func.count(distinct(PlannedPupil.id)), func.count())
        .join(PlannedPupil, PlannedPupil.pupil_id == Pupil.id)
        .join(Wish, Wish.planned_pupil_id == PlannedPupil.id)
        .where(PlannedPupil.plan_id == plan_id, Pupil.left_at.is_(None))
        .group_by(Pupil.school_id)
    )
    begun = {id_: WishProgress(pupils, count, id_ in finished) for id_, pupils, count in found}
    return {id_: WishProgress(is_finished=True) for id_ in finished} | begun


def school_names(slugs: Collection[str]) -> dict[str, str]:
    """Return schools' names, including those that have left the network."""
    found = db.session.execute(select(School.slug, School.name).where(School.slug.in_(slugs)))
    return dict.fromkeys(slugs, "") | {slug: name for slug, name in found}


def event_titles(slugs: Collection[str]) -> dict[str, str]:
    """Return what events are called."""
    found = db.session.execute(select(Event.slug, Event.title).where(Event.slug.in_(slugs)))
    return {slug: title for slug, title in found}
