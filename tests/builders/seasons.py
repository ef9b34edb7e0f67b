"""Season plans for tests: opened, filled in, worked out and accepted as people do it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta

from booking.days.events.models import Event
from booking.days.seasons import queries as season_queries
from booking.days.seasons import service as seasons
from booking.days.seasons.models import PlanRecord, Proposal, SeasonPlan, Weighting
from booking.domain.permissions import COMMAND, Actor
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.people.pupils.models import Pupil
from booking.people.schools.models import School
from tests.builders import events as build_events
from tests.builders import pupils
from tests.builders.rewritten import rewritten

MORNING = time(9, 15)


@rewritten
def make_events(
    *places: int, host: School | None = None, same_day: bool = False, **details: object
) -> list[Event]:
    """Return published fair rounds, one for each number of places, a week apart or at once."""
    made = []
    for number, count in enumerate(places):
        days = 60 if same_day else 60 + 7 * number
        starts_at = build_events.on_weekday(clock.now(), days=days, at=MORNING)
        made.append(
            build_events.make_event(
                host=host,
                title=f"Day {number + 1}",
                places=count,
                dates=[build_events.one_date(starts_at)],
                **details,
            )
        )
    return made


@rewritten
def some(school: School, count: int, year_group: int = 5) -> list[Pupil]:
    """Return this many new pupils at a school."""
    return [pupils.make_pupil(school=school, year_group=year_group) for _ in range(count)]


@rewritten
def open_plan(
    events: Sequence[Event],
    *,
    name: str = "Spring term",
    at_most: int = 1,
    weighting: Weighting = Weighting.EQUAL,
    actor: Actor = COMMAND,
    now: datetime | None = None,
    wishes_close_at: datetime | None = None,
) -> SeasonPlan:
    """Open a plan for events; wishes close in five days unless a time is given."""
    now = now or clock.now()
    days = [event.first_starts_at.date() for event in events if event.first_starts_at]
    with transaction():
        return seasons.open_plan(
            actor=actor,
            now=now,
            details=seasons.PlanDetails(
                name=name,
                first_on=min(days),
                last_on=max(days),
                event_slugs=tuple(event.slug for event in events),
                wishes_close_at=wishes_close_at or now + timedelta(days=5),
                at_most=at_most,
                weighting=weighting,
            ),
        )


@rewritten
def wish(
    plan: SeasonPlan,
    school: School,
    wishes: Mapping[Pupil, Iterable[Event]],
    *,
    first: Event | None = None,
    at_most: int | None = None,
    now: datetime | None = None,
) -> int:
    """Enter wishes of a school's pupils; return how many changed."""
    answers = [
        seasons.PupilWishes(
            pupil, tuple(event.slug for event in events), first.slug if first else "", at_most
        )
        for pupil, events in wishes.items()
    ]
    with transaction():
        return seasons.enter_wishes(
            actor=COMMAND, now=now or clock.now(), plan=plan, school=school, answers=answers
        )


def after_deadline(plan: SeasonPlan) -> datetime:
    """Return a time after wishes have closed."""
    return plan.wishes_close_at + timedelta(minutes=1)


def propose(plan: SeasonPlan, *, now: datetime | None = None) -> Proposal:
    """Work a plan out, a minute after wishes have closed unless `now` is given."""
    return seasons.propose(actor=COMMAND, now=now or after_deadline(plan), plan=plan)


def accept(plan: SeasonPlan, *, now: datetime | None = None) -> PlanRecord:
    """Work a plan out and accept it, after wishes have closed."""
    now = now or after_deadline(plan)
    digest, plan_id = propose(plan, now=now).digest, plan.id
    with transaction():
        return seasons.accept(
            actor=COMMAND, now=now, plan=db.session.get_one(SeasonPlan, plan_id), digest=digest
        )


def is_planned(event: Event) -> bool:
    """Return whether an event is waiting to be shared by a plan."""
    mark = season_queries.mark_of(event.id)
    return mark is not None and mark.state == "open"
