"""What a plan is worked out from, read in a few statements however many pupils there are."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, union
from sqlalchemy.orm import aliased

from booking.days.events.models import Event, EventDate
from booking.days.places import queries as place_queries
from booking.days.places.models import Booking
from booking.days.seasons.models import PlannedPupil, PlannedSchool, SeasonPlan, Weighting, Wish
from booking.days.seasons.queries import plans
from booking.domain import year_groups
from booking.domain.booking_states import SEATED
from booking.domain.season import wishes
from booking.foundation import holdings
from booking.foundation.db import db
from booking.people.pupils.models import Pupil
from booking.people.schools.models import School

#: How many ids go into one statement; both databases take more.
IDS_MAX = 5_000


@dataclass(frozen=True)
class Gathered:
    """A season as it is in the database, and what is written back there."""

    season: wishes.Season
    #: The plan's events that can still be shared, and those that cannot.
    events: dict[str, Event]
    left_out: list[Event]
    schools: dict[str, School]


@dataclass(frozen=True)
class _Row:
    """One pupil of the plan."""

    id: int
    reference: str
    pupil_id: int
    year: int
    school: str
    at_most: int


def gather(plan: SeasonPlan, *, seed: str, now: datetime) -> Gathered:
    """Return the season of a plan as it is now.

    Events that can no longer be shared, pupils who have left, and wishes for an event that is not
    for the pupil's current year, or clashes with a place elsewhere, are left out.
    """
    all_events = plans.events_of(plan)
    events = {e.slug: e for e in all_events if plans.still_shareable(e, now)}
    schools = {school.id: school for school in _schools(plan.id)}
    pupils = list(_pupils(_rows(plan), events.values()))
    taking_part = {pupil.school for pupil in pupils}
    received = place_queries.received_in_year(_begins_at(all_events, now))
    years = _years(all_events)
    free = place_queries.places_left([event.id for event in events.values()])
    season = wishes.Season(
        name=plan.slug,
        events=tuple(_event(event, free[event.id]) for event in events.values()),
        schools=tuple(
            wishes.SeasonSchool(
                school.slug, received.get(school.id, 0), _weight(plan.weighting, school, years)
            )
            for school in schools.values()
            if school.slug in taking_part
        ),
        pupils=tuple(pupils),
        seed=seed,
    )
    left_out = [event for event in all_events if event.slug not in events]
    by_slug = {school.slug: school for school in schools.values()}
    return Gathered(season, events, left_out, by_slug)


def _begins_at(events: Sequence[Event], now: datetime) -> datetime:
    """Return when the plan's first event is, because places count in that day's school year."""
    return min((event.first_starts_at or now for event in events), default=now)


def _years(events: Iterable[Event]) -> tuple[int, int]:
    found = [(event.low_year, event.high_year) for event in events]
    return min((low for low, _ in found), default=0), max((high for _, high in found), default=0)


def _weight(weighting: Weighting, school: School, years: tuple[int, int]) -> int:
    if weighting is Weighting.EQUAL:
        return 1
    roll = year_groups.eligible_roll(school.roll, (school.low_year, school.high_year), years)
    return max(1, roll)


def _event(event: Event, free: int) -> wishes.SeasonEvent:
    return wishes.SeasonEvent(
        slug=event.slug,
        places=free,
        dates=tuple(wishes.Date(date.starts_at, date.ends_at) for date in event.dates),
        at_most=event.cap_per_school,
        years=(event.low_year, event.high_year),
    )


def _schools(plan_id: int) -> list[School]:
    """Return the member schools with a pupil in the plan."""
    here = (
        select(Pupil.school_id)
        .join(PlannedPupil, PlannedPupil.pupil_id == Pupil.id)
        .where(PlannedPupil.plan_id == plan_id)
    )
    statement = select(School).where(School.id.in_(here), School.left_on.is_(None))
    return list(db.session.scalars(statement.order_by(School.id)))


def _rows(plan: SeasonPlan) -> list[_Row]:
    statement = (
        select(
            PlannedPupil.id,
            PlannedPupil.reference,
            Pupil.id,
            Pupil.year_group,
            School.slug,
            PlannedPupil.at_most,
            PlannedSchool.at_most,
        )
        .join(Pupil, Pupil.id == PlannedPupil.pupil_id)
        .join(School, School.id == Pupil.school_id)
        .outerjoin(
            PlannedSchool,
            (PlannedSchool.plan_id == PlannedPupil.plan_id)
            & (PlannedSchool.school_id == School.id),
        )
        .where(
            PlannedPupil.plan_id == plan.id,
            Pupil.left_at.is_(None),
            ~holdings.restricted(Pupil),
            School.left_on.is_(None),
        )
        .order_by(PlannedPupil.reference)
    )
    return [
        _Row(id_, reference, pupil_id, year, school, own or of_school or plan.at_most)
        for id_, reference, pupil_id, year, school, own, of_school in db.session.execute(statement)
    ]


def _pupils(rows: Sequence[_Row], events: Iterable[Event]) -> Iterable[wishes.SeasonPupil]:
    """Yield each pupil with a wish that can be met."""
    by_id = {event.id: event for event in events}
    wished = _wishes(rows)
    taken = busy([row.pupil_id for row in rows], list(by_id))
    for row in rows:
        could = [
            (not is_first, by_id[event_id].slug)
            for event_id, is_first in wished[row.id]
            if event_id in by_id
            and by_id[event_id].low_year <= row.year <= by_id[event_id].high_year
            and (row.pupil_id, event_id) not in taken
        ]
        if could:
            could.sort()
            yield wishes.SeasonPupil(
                row.reference,
                row.school,
                tuple(slug for _, slug in could),
                row.at_most,
                year=row.year,
                ranked=0 if could[0][0] else 1,
            )


def _wishes(rows: Sequence[_Row]) -> defaultdict[int, list[tuple[int, bool]]]:
    found: defaultdict[int, list[tuple[int, bool]]] = defaultdict(list)
    for ids in _some([row.id for row in rows]):
        statement = select(Wish.planned_pupil_id, Wish.event_id, Wish.is_first).where(
            Wish.planned_pupil_id.in_(ids)
        )
        for id_, event_id, is_first in db.session.execute(statement):
            found[id_].append((event_id, is_first))
    return found


def busy(pupil_ids: Sequence[int], event_ids: Sequence[int]) -> set[tuple[int, int]]:
    """Return which pupils already have a place, there or elsewhere at the same time, by event."""
    there, here = aliased(EventDate), aliased(EventDate)
    found: set[tuple[int, int]] = set()
    for ids in _some(pupil_ids):
        seated = (Booking.pupil_id.in_(ids), Booking.state.in_(SEATED))
        at_once = (
            select(Booking.pupil_id, here.event_id)
            .join(there, there.event_id == Booking.event_id)
            .join(here, (here.starts_at < there.ends_at) & (there.starts_at < here.ends_at))
            .where(*seated, here.event_id.in_(event_ids))
        )
        already = select(Booking.pupil_id, Booking.event_id).where(
            *seated, Booking.event_id.in_(event_ids)
        )
        found |= {(pupil, event) for pupil, event in db.session.execute(union(at_once, already))}
    return found


def _some(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    """Yield the ids in batches."""
    return (ids[n : n + IDS_MAX] for n in range(0, len(ids), IDS_MAX))
