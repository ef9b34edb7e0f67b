"""A season plan of the demonstration: four events whose places are shared at once, wishes open."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from booking.days.events import service as events
from booking.days.events.demonstration import (
    CONTRIBUTION,
    FREE,
    SMALL,
    EventScript,
    Staged,
    details,
    stage,
)
from booking.days.events.models import Event
from booking.days.seasons import service
from booking.days.seasons.models import SeasonPlan
from booking.domain import terms
from booking.domain.allocation.claims import Basis
from booking.foundation.db import db, transaction
from booking.people.pupils import queries as pupil_queries
from booking.people.schools.models import School
from booking.people.schools.scene import LEAD, Diary, Scene, at

Act = Callable[[datetime], None]
#: Days before today: published, and taken into the plan.
PUBLISHED, OPENED = 9, 7
#: School days that schools have for their wishes, from the opening.
WISHES_DAYS = 9
PUPILS_MAX = 9


def _plan(
    title: str,
    theme: str,
    host: str,
    offset: int,
    years: tuple[int, int],
    places: int,
    concept: str,
    impact: str,
    led_by: str,
    **more: Any,
) -> EventScript:
    return EventScript(
        title,
        theme,
        host,
        offset,
        years,
        places,
        concept,
        impact,
        led_by,
        lead=offset + PUBLISHED,
        **more,
    )


EVENTS = (
    _plan(
        "Mathematics relay",
        "Mathematics",
        "copperbeck",
        86,
        (5, 6),
        12,
        "Teams of four run between tables; each answer is the next team member’s question.",
        "Pupils check one another’s work because the team depends on it.",
        "Ingrid Halvorsen, Copperbeck",
        fee=FREE,
        cap=4,
    ),
    _plan(
        "Weather lab",
        "Science",
        "beacon-ridge",
        93,
        (4, 6),
        14,
        "Build a barometer, launch a balloon, and forecast tomorrow’s playtime.",
        "Pupils tell what they measured from what they expected.",
        "Luke Ferndale, Beacon Ridge",
        fee=SMALL,
        basis=Basis.BY_ROLL,
    ),
    _plan(
        "Young archivists",
        "History",
        "aldermere-middle",
        100,
        (5, 7),
        12,
        "A box of real letters, and an afternoon to find out who wrote them.",
        "Pupils ask who made a source, and why.",
        "The county record office",
        fee=CONTRIBUTION,
    ),
    _plan(
        "Rhythm workshop",
        "Music",
        "tindlebrook",
        100,
        (3, 6),
        18,
        "Samba, taiko and clapping games: a whole hall in one time.",
        "Pupils keep a part against others’.",
        "Valley Youth Orchestra",
        fee=SMALL,
        hours=(time(10, 0), time(15, 0)),
    ),
)


def put_into(scene: Scene, diary: Diary) -> None:
    """Put a plan of the coming term into the diary."""
    TermPlan(scene).put_into(diary)


class TermPlan:
    """The plan, lived through until today: schools enter what their pupils wish for."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.dice = scene, scene.dice("term plan")
        self.staged = [
            stage(plan, scene.today, scene.calendar, published=scene.fitting(PUBLISHED))
            for plan in EVENTS
        ]
        self.plan_id = 0

    def put_into(self, diary: Diary) -> None:
        """Put everything that people will do into the diary."""
        for staged in self.staged:
            diary.put(at(staged.published), self._publish(staged))
        diary.put(self.scene.day(OPENED), self.open)
        for school in list(self.scene.schools.values()):
            if self.dice.random() < 0.8:
                moment = self.scene.day(self.dice.randint(1, OPENED - 1))
                moment += timedelta(minutes=self.dice.randrange(300))
                diary.put(moment, self._by_school(school.id))

    def _publish(self, staged: Staged) -> Act:
        def act(now: datetime) -> None:
            with transaction():
                actor = self.scene.host_of(staged.plan.host)
                written = details(staged, self.scene.schools[staged.plan.host])
                event = events.write(actor=actor, now=now, details=written)
                events.publish(actor=actor, now=now, event=event)

        return act

    def open(self, now: datetime) -> None:
        """Put the events into a plan, as the lead."""
        days = [staged.days[0] for staged in self.staged]
        with transaction():
            slugs = [event.slug for event in self._events()]
            plan = service.open_plan(
                actor=self.scene.people[LEAD],
                now=now,
                details=service.PlanDetails(
                    name="Enrichment days of the coming term",
                    first_on=min(days),
                    last_on=max(days),
                    event_slugs=tuple(slugs),
                    wishes_close_at=terms.add_school_days(self.scene.calendar, now, WISHES_DAYS),
                    at_most=2,
                ),
            )
            self.plan_id = plan.id

    def _events(self) -> list[Event]:
        titles = [plan.title for plan in EVENTS]
        return list(db.session.scalars(select(Event).where(Event.title.in_(titles))))

    def _by_school(self, school_id: int) -> Act:
        return lambda now: self.wish(db.session.get_one(School, school_id), now)

    def wish(self, school: School, now: datetime) -> None:
        """Tick what some pupils could go to, as a coordinator."""
        with transaction():
            plan = db.session.get_one(SeasonPlan, self.plan_id)
            chosen = self._answers(school)
            if not chosen:
                return
            actor = self.scene.coordinator_of(school)
            service.enter_wishes(actor=actor, now=now, plan=plan, school=school, answers=chosen)
            if self.dice.random() < 0.6:
                service.finish(actor=actor, now=now, plan=plan, school=school)

    def _answers(self, school: School) -> list[service.PupilWishes]:
        """Return wishes for some pupils of a school."""
        found = []
        listed = pupil_queries.pupils_of(school.id)
        for pupil in self.dice.sample(listed, min(PUPILS_MAX, len(listed))):
            could = [
                event.slug
                for event in sorted(self._events(), key=lambda event: event.slug)
                if event.low_year <= pupil.year_group <= event.high_year
            ]
            if could:
                wished = tuple(self.dice.sample(could, self.dice.randint(1, len(could))))
                first = wished[0] if self.dice.random() < 0.5 else ""
                found.append(service.PupilWishes(pupil, wished, first))
        return found
