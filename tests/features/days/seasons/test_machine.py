"""Whatever schools, the lead, hosts and the clock do, in any order, plans keep their promises.

FAIRPLACE_EXAMPLES=200 runs more examples, FAIRPLACE_STEPS=60 longer ones.
"""

import json
from collections import Counter
from contextlib import suppress
from datetime import UTC, timedelta
from itertools import combinations
from typing import Any

import pytest
import time_machine as travelling
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)
from sqlalchemy import select

from booking.days.allocation import service as allocation
from booking.days.events.models import Event, EventState
from booking.days.places import queries as place_queries
from booking.days.places import service as places
from booking.days.places.models import Place
from booking.days.seasons import pages, queries, service
from booking.days.seasons.models import PlannedPupil, PlanRecord, PlanState, SeasonPlan, Weighting
from booking.domain.permissions import COMMAND
from booking.foundation.db import db, transaction
from booking.people.pupils import service as pupil_service
from booking.people.pupils.models import Pupil
from booking.people.schools.models import School
from tests import machines
from tests.builders import events, schools, seasons
from tests.builders import places as build
from tests.builders.seasons import some
from tests.conftest import TERM_TIME_MORNING, dispose

SCHOOLS, EVENTS = 4, 3
YEARS = (4, 5, 5, 6)
REFUSALS = (
    service.SeasonRefused,
    places.PlaceRefused,
    allocation.RoundRefused,
    *machines.EVENT_REFUSALS,
    pupil_service.AlreadyLeft,
)
ANY = st.integers(0, 50)
SWEEPS = (
    build.sweep_replies,
    places.expire_offers,
    places.return_unnamed,
    places.lapse_reserves,
    service.remind_of_wishes,
)


class Term(RuleBasedStateMachine):
    """Four schools with four pupils each, and three days that a plan shares."""

    app: Any
    database: Any

    def __init__(self) -> None:
        super().__init__()
        dispose(self.app)
        self.database.bring_back()
        self.now = TERM_TIME_MORNING.astimezone(UTC)
        self.travel = travelling.travel(self.now, tick=False)
        self.traveller = self.travel.start()
        self.context = self.app.app_context()
        self.context.push()

    def teardown(self) -> None:
        """Leave the machine's time and database."""
        db.session.rollback()
        db.session.remove()
        self.context.pop()
        self.travel.stop()

    @initialize(
        counts=st.lists(st.integers(1, 4), min_size=EVENTS, max_size=EVENTS),
        days=st.lists(st.sampled_from([20, 20, 27]), min_size=EVENTS, max_size=EVENTS),
        caps=st.lists(st.sampled_from([None, 1, 2]), min_size=EVENTS, max_size=EVENTS),
        years=st.lists(st.sampled_from([(4, 5), (5, 6), (4, 6)]), min_size=3, max_size=3),
        host_places=st.integers(0, 1),
        at_most=st.integers(1, 3),
        weighting=st.sampled_from(Weighting),
        wishes=st.lists(st.integers(0, 7), min_size=16, max_size=16),
    )
    def open(
        self,
        counts: list[int],
        days: list[int],
        caps: list[int | None],
        years: list[tuple[int, int]],
        host_places: int,
        at_most: int,
        weighting: Weighting,
        wishes: list[int],
    ) -> None:
        """Publish three days, open a plan for them, and let schools enter wishes."""
        host = self._school(0)
        for number in range(EVENTS):
            starts_at = self.now.replace(hour=9) + timedelta(days=days[number])
            events.make_event(
                host=host,
                title=f"Day {number}",
                places=counts[number] + host_places,
                host_places=host_places,
                dates=[events.one_date(starts_at)],
                low_year=years[number][0],
                high_year=years[number][1],
                cap_per_school=caps[number],
                reply_days=2,
                offer_days=1,
                guarantee=number % 2,
            )
        seasons.open_plan(self._all(Event), at_most=at_most, weighting=weighting, now=self.now)
        for number, which in enumerate(wishes):
            self.wish(school=number // 4, pupil=number % 4, which=which, first=number, at_most=0)

    def _all(self, model: type, *conditions: Any) -> list[Any]:
        statement = select(model).where(*conditions).order_by(model.id)  # type: ignore[attr-defined]
        return list(db.session.scalars(statement))

    def _school(self, number: int) -> School:
        return self._all(School)[number % SCHOOLS]

    def _event(self, number: int) -> Event:
        return self._all(Event)[number % EVENTS]

    @property
    def plan(self) -> SeasonPlan:
        """The one plan."""
        [plan] = self._all(SeasonPlan)
        return plan

    def _act(self, act: Any) -> None:
        with suppress(*REFUSALS), transaction():
            act()

    @rule(school=ANY, pupil=ANY, which=st.integers(0, 7), first=ANY, at_most=st.integers(0, 3))
    def wish(self, school: int, pupil: int, which: int, first: int, at_most: int) -> None:
        """A coordinator ticks some of the events for a pupil's year."""
        here = self._school(school)
        mine = self._all(Pupil, Pupil.school_id == here.id)
        chosen = mine[pupil % len(mine)]
        could = [
            event.slug
            for n, event in enumerate(self._all(Event))
            if which >> n & 1 and event.low_year <= chosen.year_group <= event.high_year
        ]
        best = could[first % len(could)] if could and first % 3 else ""
        answer = service.PupilWishes(chosen, tuple(could), best, at_most or None)
        self._act(
            lambda: service.enter_wishes(
                actor=COMMAND, now=self.now, plan=self.plan, school=here, answers=[answer]
            )
        )

    @rule(school=ANY, at_most=st.integers(1, 3))
    def set_at_most(self, school: int, at_most: int) -> None:
        """A coordinator says how many events each pupil may go to."""
        here = self._school(school)
        self._act(
            lambda: service.set_at_most(
                actor=COMMAND, now=self.now, plan=self.plan, school=here, at_most=at_most
            )
        )

    @rule(school=ANY, pupil=ANY)
    def leave(self, school: int, pupil: int) -> None:
        """A pupil leaves."""
        mine = self._all(Pupil, Pupil.school_id == self._school(school).id)
        one = mine[pupil % len(mine)]
        self._act(lambda: pupil_service.remove_pupil(actor=COMMAND, now=self.now, pupil=one))

    @rule(event=ANY, wanted=st.integers(1, 3), school=ANY)
    def ask(self, event: int, wanted: int, school: int) -> None:
        """A coordinator asks for places by number, as if there were no plan."""
        before = self.plan.state
        there, here = self._event(event), self._school(school)
        planned = place_queries.is_planned(there.id)
        with suppress(*REFUSALS), transaction():
            places.request_places(
                actor=COMMAND, now=self.now, event=there, school=here, wanted=wanted, sure=True
            )
            assert not planned, "no number is asked for while an event waits for its plan"
        assert self.plan.state is before

    @rule(event=ANY)
    def run_round(self, event: int) -> None:
        """A host runs a round, if there is no longer a plan."""
        there = self._event(event)
        mark = queries.mark_of(there.id)
        with suppress(*REFUSALS), transaction():
            allocation.run(actor=COMMAND, now=self.now, event=there)
            assert mark is None, "an event is shared by a plan or by a round"

    @rule(event=ANY)
    def cancel(self, event: int) -> None:
        """A host cancels."""
        with suppress(*REFUSALS):
            events.cancel_event(self._event(event))

    @rule(hours=st.sampled_from([20, 60, 150]))
    def wait(self, hours: int) -> None:
        """Time passes, and the worker sweeps."""
        self.now += timedelta(hours=hours)
        self.traveller.move_to(self.now)
        for sweep in SWEEPS:
            with transaction():
                sweep(self.now)

    @rule()
    def accept(self) -> None:
        """The lead works the plan out and accepts it, in time or too early."""
        with suppress(*REFUSALS):
            digest = service.propose(actor=COMMAND, now=self.now, plan=self.plan).digest
            kept = {
                event.id: place_queries.held(event.id).get(event.host_school_id, 0)
                for event in self._all(Event)
            }
            with transaction():
                service.accept(actor=COMMAND, now=self.now, plan=self.plan, digest=digest)
            self._check_promises(kept)

    @rule(really=st.sampled_from([True, False, False, False]))
    def withdraw(self, really: bool) -> None:
        """The lead sometimes withdraws the plan."""
        if really:
            self._act(
                lambda: service.withdraw(
                    actor=COMMAND, now=self.now, plan=self.plan, reason="Not this term"
                )
            )

    @rule(event=ANY, school=ANY)
    def name(self, event: int, school: int) -> None:
        """A coordinator names the pupils the plan proposes; only lateness may prevent that."""
        there, here = self._event(event), self._school(school)
        proposed = pages.proposed_names(there, here)
        if not proposed or there.state is not EventState.PUBLISHED:
            return
        may_be = (places.NamingClosed, places.EventNotOpen, places.ElsewhereThatDay)
        with suppress(*may_be), transaction():
            places.name_pupils(
                actor=COMMAND, now=self.now, event=there, school=here, pupils=proposed
            )

    @rule(event=ANY, school=ANY)
    def give_back(self, event: int, school: int) -> None:
        """A coordinator gives a place back; it goes to the next in the order of the plan."""
        self._act(
            lambda: places.give_back_places(
                actor=COMMAND,
                now=self.now,
                event=self._event(event),
                school=self._school(school),
                count=1,
            )
        )

    def _check_promises(self, kept: dict[int, int]) -> None:
        """Check an accepted plan against the database, without the plan's own code.

        `kept` is what the host still had of its own places: it may have given them back.
        """
        [row] = self._all(PlanRecord)
        known = {p.reference: p for p in self._all(PlannedPupil)}
        by_slug = {event.slug: event for event in self._all(Event)}
        given: dict[int, list[Event]] = {}
        for reference, slug in json.loads(row.record)["result"]:
            pupil, event = known[reference], by_slug[slug]
            assert event.id in {wish.event_id for wish in pupil.wishes}
            assert event.low_year <= pupil.pupil.year_group <= event.high_year
            given.setdefault(pupil.id, []).append(event)
        for pupil in known.values():
            own = queries.planned_school(self.plan.id, pupil.pupil.school_id)
            most = pupil.at_most or (own.at_most if own else None) or self.plan.at_most
            went = given.get(pupil.id, [])
            assert len(went) <= most
            for one, other in combinations(went, 2):
                assert not _overlap(one, other)
        self._check_counts(given, known, kept)

    def _check_counts(
        self,
        given: dict[int, list[Event]],
        known: dict[str, PlannedPupil],
        kept: dict[int, int],
    ) -> None:
        schools_of = {pupil.id: pupil.pupil.school_id for pupil in known.values()}
        wanted = Counter((e.id, schools_of[id_]) for id_, went in given.items() for e in went)
        for event in self._all(Event, Event.state == EventState.PUBLISHED):
            held = Counter(
                place.school_id for place in self._all(Place, Place.event_id == event.id)
            )
            held.pop(None, None)
            held[event.host_school_id] -= kept[event.id]
            planned = {s: n for (e, s), n in wanted.items() if e == event.id}
            assert +held == Counter(planned)
            assert sum(planned.values()) <= event.places - kept[event.id]
            if event.cap_per_school is not None:
                assert max(planned.values(), default=0) <= event.cap_per_school

    @invariant()
    def sound(self) -> None:
        """Nothing is shared before the plan is accepted, and every promise of the site holds."""
        if not self._all(SeasonPlan):
            return
        if self.plan.state is PlanState.OPEN:
            for event in queries.events_of(self.plan):
                assert not place_queries.is_shared(event.id)
        for check in machines.checks():
            assert list(check.problems()) == [], check.promise
        db.session.rollback()


def _overlap(one: Event, other: Event) -> bool:
    return any(
        a.starts_at < b.ends_at and b.starts_at < a.ends_at for a in one.dates for b in other.dates
    )


@pytest.fixture
def term(app, test_database):
    """A machine for four schools, restored for each of its runs."""
    with app.app_context():
        for letter, roll in (("A", 120), ("B", 60), ("C", 210), ("D", 420)):
            school = schools.make_school(name=f"School {letter}", roll=roll)
            for year in YEARS:
                some(school, 1, year_group=year)
        schools.make_terms()
    return machines.remembered(Term, app, test_database)


@pytest.mark.machine
def test_plans_keep_their_promises_whatever_people_and_the_clock_do(term, engine_kind):
    machines.run(term, engine_kind=engine_kind, examples=10, steps=25)
