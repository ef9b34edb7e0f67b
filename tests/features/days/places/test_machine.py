"""Whatever schools, parents, hosts and the clock do, in any order, places stay sound and fair.

FAIRPLACE_EXAMPLES=500 runs more examples, FAIRPLACE_STEPS=80 longer ones.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
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
from sqlalchemy import event as listening
from sqlalchemy import select

from booking.days.allocation import service as allocation
from booking.days.events import service as event_service
from booking.days.events.models import Event, Sharing
from booking.days.places import queries
from booking.days.places import service as places
from booking.days.places.models import Booking, Offer, Place
from booking.days.places.queries.bookings import is_seated
from booking.domain.allocation import draw
from booking.domain.allocation.claims import Basis
from booking.domain.booking_states import EXPECTED, BookingState, MoveNotAllowed
from booking.domain.permissions import COMMAND, PARENT
from booking.foundation.audit import service as audit
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.people.pupils import service as pupil_service
from booking.people.pupils.models import Pupil
from booking.people.schools import service as school_service
from booking.people.schools.models import School
from tests import machines
from tests.builders import allocation as rounds
from tests.builders import events, pupils
from tests.builders import places as build
from tests.conftest import TERM_TIME_MORNING, dispose
from tests.features.days.places import oracle

SCHOOLS, PUPILS = 4, 4
#: Refusals that a rule may meet, after which nothing has changed. Nothing else may go wrong.
REFUSALS = (
    places.PlaceRefused,
    allocation.RoundRefused,
    MoveNotAllowed,
    *machines.EVENT_REFUSALS,
)
SWEEPS: tuple[Callable[[datetime], object], ...] = (
    build.sweep_replies,
    places.lapse_reserves,
    places.expire_offers,
    places.return_unnamed,
    places.release_quotas,
    allocation.publish_quotas,
    lambda now: audit.seal(now=now),
)
SMALL, ANY = st.integers(0, 3), st.integers(0, 50)
SHARINGS = st.sampled_from(Sharing)


class Network(RuleBasedStateMachine):
    """Four schools with four pupils each, and two events at once or a day apart."""

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
        self.asking: int | None = None
        self.examined: object = None
        self.swept_at = self.now
        listening.listen(Offer, "after_insert", self._offered)
        listening.listen(AuditEntry, "after_insert", self._recorded)

    def teardown(self) -> None:
        """Leave the machine's time and database."""
        listening.remove(Offer, "after_insert", self._offered)
        listening.remove(AuditEntry, "after_insert", self._recorded)
        db.session.rollback()
        db.session.remove()
        self.context.pop()
        self.travel.stop()

    @initialize(
        ways=st.lists(SHARINGS, min_size=2, max_size=2, unique=True),
        basis=st.sampled_from([Basis.EQUAL_SHARES, Basis.BY_ROLL, Basis.SEASON]),
        counts=st.tuples(st.integers(1, 5), st.integers(1, 5)),
        cap=st.sampled_from([None, 2, 3]),
        guarantee=st.integers(0, 1),
        seed=st.integers(0, 7),
        wanted=st.lists(st.integers(0, 4), min_size=2 * SCHOOLS, max_size=2 * SCHOOLS),
        shared=st.sampled_from([True, True, False]),
        apart=st.sampled_from([1, 25]),
        named=st.integers(0, 5),
    )
    def publish(
        self,
        ways: list[Sharing],
        basis: Basis,
        counts: tuple[int, int],
        cap: int | None,
        guarantee: int,
        seed: int,
        wanted: list[int],
        shared: bool,
        apart: int,
        named: int,
    ) -> None:
        """Publish both events, their lottery drawn by hypothesis; perhaps share and name."""
        host = db.session.scalars(select(School).order_by(School.id)).first()
        starts_at = self.now.replace(hour=9) + timedelta(days=16)
        for number, (sharing, count) in enumerate(zip(ways, counts, strict=True)):
            facts: dict[str, Any] = {"cap_per_school": cap} if cap else {}
            if sharing is Sharing.FAIR_ROUND:
                facts |= {"basis": basis, "guarantee": guarantee}
            event = events.make_event(
                host=host,
                now=self.now,
                title=f"Day {number}",
                places=count,
                sharing=sharing,
                dates=[events.one_date(starts_at + number * timedelta(hours=apart))],
                reply_days=2,
                offer_days=1,
                low_year=5,
                high_year=6,
                **facts,
            )
            with transaction():
                event.seed = f"{number}{seed}" * 32
                event.seed_commitment = draw.commitment(event.seed)
        self._remember()
        for number, many in enumerate(wanted):
            if many:
                self.request(event=number % 2, school=number // 2, wanted=many)
        for number in range(2 if shared else 0):
            self.run_round(event=number)
            self.set_quotas(event=number, quotas=[min(1, many) for many in wanted[:SCHOOLS]])
        for number in range(named):
            self.name(number=number, first=0, count=1, both=True)

    # What there is to choose from, in id order.

    def _all(self, model: type, *conditions: Any) -> list[Any]:
        statement = select(model).where(*conditions).order_by(model.id)  # type: ignore[attr-defined]
        return list(db.session.scalars(statement))

    def _event(self, number: int) -> Event:
        return self._all(Event)[number % 2]

    def _school(self, number: int) -> School:
        return self._all(School)[number % SCHOOLS]

    def _booking(self, number: int, *states: BookingState) -> Booking | None:
        found = self._all(Booking, Booking.state.in_(states))
        return found[number % len(found)] if found else None

    def _vacancy(self, number: int) -> tuple[Event, School]:
        """Return an event and a school that may name a pupil there, or any if none may."""
        vacant = self._all(Place, Place.school_id.is_not(None), ~is_seated())
        if not vacant:
            return self._event(number), self._school(number // 2)
        place = vacant[number % len(vacant)]
        return db.session.get_one(Event, place.event_id), place.school

    def _pupil(self, school: School, number: int) -> Pupil:
        return self._all(Pupil, Pupil.school_id == school.id)[number % PUPILS]

    # Each act happens completely and is recorded, or is refused and leaves no trace.

    def _remember(self) -> None:
        self.before = oracle.Snapshot.take()
        self.dump = oracle.dump(db.session.connection())

    def _act(self, act: Callable[[], object], *, asking: School | None = None) -> bool:
        self.asking = asking.id if asking else None
        done = False
        with suppress(*REFUSALS):
            with transaction():
                act()
            done = True
        self.asking = None
        if done:
            self._retell()
        else:
            assert oracle.dump(db.session.connection()) == self.dump, "a refusal changes nothing"
        return done

    def _retell(self) -> None:
        oracle.retell(self.before, oracle.Snapshot.take())
        self._remember()

    def _offered(self, _mapper: Any, connection: Any, offer: Offer) -> None:
        """Check, when an offer is made, that it goes to the next school."""
        self._assert_next(connection, offer.event_id, offer.school_id, offer.place_id)

    def _recorded(self, _mapper: Any, connection: Any, entry: AuditEntry) -> None:
        """Check, when a school that asks gets a place at once, that nobody waits before it."""
        if entry.action == "receive_place" and self.asking is not None:
            assert entry.school_id == self.asking
            place = int(entry.subject_id)
            self._assert_next(connection, entry.facts["event_id"], self.asking, place)

    def _assert_next(self, connection: Any, event_id: int, school_id: int, place: int) -> None:
        line = oracle.waiting(connection, event_id, without=place)
        assert line, "an offer goes to a school that waits"
        assert line[0].school_id == school_id, f"{line[0].school_id} was skipped"

    # Coordinators.

    @rule(event=SMALL, school=SMALL, wanted=st.integers(0, 6))
    def request(self, event: int, school: int, wanted: int) -> None:
        self._act(
            lambda: places.request_places(
                actor=COMMAND,
                now=self.now,
                event=self._event(event),
                school=self._school(school),
                wanted=wanted,
                sure=True,
            ),
            asking=self._school(school),
        )

    @rule(event=SMALL, school=SMALL)
    def withdraw_request(self, event: int, school: int) -> None:
        self._act(
            lambda: places.withdraw_request(
                actor=COMMAND, now=self.now, event=self._event(event), school=self._school(school)
            )
        )

    @rule(number=ANY, first=SMALL, count=st.sampled_from([1, 1, 1, 2, 3]), both=st.booleans())
    def name(self, number: int, first: int, count: int, both: bool) -> None:
        chosen_event, school = self._vacancy(number)
        chosen = [self._pupil(school, first + n) for n in range(count)]
        for event in self._all(Event) if both else [chosen_event]:
            self._act(
                partial(
                    places.name_pupils,
                    actor=COMMAND,
                    now=self.now,
                    event=event,
                    school=school,
                    pupils=chosen,
                )
            )

    @rule(firsts=st.lists(SMALL, min_size=1, max_size=4))
    def name_many(self, firsts: list[int]) -> None:
        for first in firsts:
            self.name(number=first, first=first, count=1, both=False)

    @rule(event=SMALL, school=SMALL, first=SMALL, count=st.integers(1, 2))
    def add_reserve(self, event: int, school: int, first: int, count: int) -> None:
        chosen = [self._pupil(self._school(school), first + n) for n in range(count)]
        self._act(
            lambda: places.add_reserves(
                actor=COMMAND,
                now=self.now,
                event=self._event(event),
                school=self._school(school),
                pupils=chosen,
            )
        )

    @rule(number=ANY, up=st.booleans())
    def rank(self, number: int, up: bool) -> None:
        if booking := self._booking(number, BookingState.RESERVE):
            self._act(
                lambda: places.move_reserve(actor=COMMAND, now=self.now, booking=booking, up=up)
            )

    @rule(number=ANY, pupil=SMALL)
    def swap(self, number: int, pupil: int) -> None:
        if booking := self._booking(number, BookingState.INVITED, BookingState.CONFIRMED):
            other = self._pupil(booking.school, pupil)
            self._act(
                lambda: places.swap_pupil(actor=COMMAND, now=self.now, booking=booking, pupil=other)
            )

    @rule(number=ANY)
    def withdraw(self, number: int) -> None:
        if booking := self._booking(number, *BookingState):
            self._act(lambda: places.withdraw(actor=COMMAND, now=self.now, booking=booking))

    @rule(number=ANY, count=st.sampled_from([1, 1, 2, 0]))
    def give_back(self, number: int, count: int) -> None:
        event, school = self._vacancy(number)
        self._act(
            lambda: places.give_back_places(
                actor=COMMAND, now=self.now, event=event, school=school, count=count
            )
        )

    @rule(number=ANY, accepts=st.booleans())
    def answer_offer(self, number: int, accepts: bool) -> None:
        offers = self._all(Offer)[-6:]
        if offers:
            answer = places.accept_offer if accepts else places.decline_offer
            offer = offers[number % len(offers)]
            self._act(lambda: answer(actor=COMMAND, now=self.now, offer=offer))

    @rule(school=SMALL, pupil=SMALL, sure=st.integers(0, 4))
    def pupil_leaves(self, school: int, pupil: int, sure: int) -> None:
        chosen = self._pupil(self._school(school), pupil)
        if sure == 0 and chosen.left_at is None:
            self._act(lambda: pupil_service.remove_pupil(actor=COMMAND, now=self.now, pupil=chosen))

    # Parents.

    @rule(number=ANY, says=st.sampled_from([places.confirm, places.decline]))
    def reply(self, number: int, says: Callable[..., Booking]) -> None:
        if booking := self._booking(number, BookingState.INVITED):
            self._act(lambda: says(actor=PARENT, now=self.now, booking=booking))

    @rule(number=ANY)
    def pay_late(self, number: int) -> None:
        if booking := self._booking(number, BookingState.LAPSED):
            self._act(lambda: places.confirm(actor=PARENT, now=self.now, booking=booking))

    # Hosts.

    @rule(event=SMALL)
    def run_round(self, event: int) -> None:
        chosen = self._event(event)
        if chosen.sharing is Sharing.FAIR_ROUND and chosen.requests_close_at is not None:
            self._be_at(chosen.requests_close_at)
        self._act(lambda: allocation.run(actor=COMMAND, now=self.now, event=self._event(event)))

    @rule(event=SMALL, quotas=st.lists(st.integers(0, 2), min_size=SCHOOLS, max_size=SCHOOLS))
    def set_quotas(self, event: int, quotas: list[int]) -> None:
        slugs = [school.slug for school in self._all(School)]
        self._act(
            lambda: allocation.set_quotas(
                actor=COMMAND,
                now=self.now,
                event=self._event(event),
                quotas=dict(zip(slugs, quotas, strict=True)),
            )
        )

    @rule(event=SMALL, more=st.integers(-2, 2))
    def change_places(self, event: int, more: int) -> None:
        chosen = self._event(event)
        details = event_service.details_of(chosen)
        self._change(chosen, replace(details, places=chosen.places + more))

    @rule(event=SMALL, days=st.integers(-2, 2))
    def move_deadlines(self, event: int, days: int) -> None:
        chosen, facts = self._event(event), {}
        for name in ("requests_close_at", "release_at", "naming_close_at"):
            at = getattr(chosen, name)
            if at is not None and at > self.now:
                facts[name] = at + timedelta(days=days)
        self._change(chosen, replace(event_service.details_of(chosen), **facts))

    @rule(event=SMALL, hours=st.sampled_from([-25, -24, -1, 1, 24, 25]))
    def move_dates(self, event: int, hours: int) -> None:
        chosen, by = self._event(event), timedelta(hours=hours)
        details = event_service.details_of(chosen)
        dates = (
            replace(d, starts_at=d.starts_at + by, ends_at=d.ends_at + by) for d in details.dates
        )
        self._change(chosen, replace(details, dates=tuple(dates)))

    def _change(self, event: Event, details: Any) -> None:
        self._act(
            lambda: event_service.change(actor=COMMAND, now=self.now, event=event, details=details)
        )

    @rule(event=SMALL, sure=st.integers(0, 7))
    def cancel(self, event: int, sure: int) -> None:
        if sure == 0:
            self._act(
                lambda: event_service.cancel(
                    actor=COMMAND, now=self.now, event=self._event(event), reason="A flood."
                )
            )

    @rule(number=ANY, attended=st.sampled_from([True, False, None]))
    def mark(self, number: int, attended: bool | None) -> None:
        booking = self._booking(number, *EXPECTED)
        if booking and booking.event.first_starts_at <= self.now:
            self._act(
                lambda: places.mark(actor=COMMAND, now=self.now, booking=booking, attended=attended)
            )

    # The clock.

    @rule(hours=st.sampled_from([1, 24, 24, 48, 96]))
    def time_passes(self, hours: int) -> None:
        if self.now < TERM_TIME_MORNING + timedelta(days=25):
            self._be_at(self.now + timedelta(hours=hours))

    def _be_at(self, at: datetime) -> None:
        self.now = max(self.now, at)
        self.traveller.move_to(self.now)

    @rule(school=SMALL, ahead=st.integers(0, 3))
    def close_school(self, school: int, ahead: int) -> None:
        on = self.now.date() + timedelta(days=ahead)
        self._act(
            lambda: school_service.add_closure(
                actor=COMMAND,
                now=self.now,
                school=self._school(school),
                first_on=on,
                last_on=on,
                reason="Snow",
            )
        )

    @rule(number=st.integers(0, len(SWEEPS) - 1))
    def sweep_once(self, number: int) -> None:
        self._act(lambda: SWEEPS[number](self.now))

    @rule()
    def wait_for_an_answer(self) -> None:
        """Let the next deadline of a parent or a school pass."""
        due = [b.reply_by_at for b in self._all(Booking, Booking.state == BookingState.INVITED)]
        due += [offer.expires_at for offer in self._all(Offer, Offer.state == "open")]
        if due:
            self._be_at(min(due))
            self.sweep()

    @rule()
    def sweep(self) -> None:
        for run in SWEEPS:
            with transaction():
                run(self.now)
        self.swept_at = self.now
        self._retell()

    # What is always true.

    @invariant()
    def all_is_well(self) -> None:
        """Check everything, unless nothing has happened since the last time."""
        if self.examined != (self.dump, self.now, self.swept_at):
            self._assert_sound()
            self._assert_nobody_skipped()
            self._assert_nobody_over_the_cap()
            assert [problem for check in machines.checks() for problem in check.problems()] == []
        self.examined = (self.dump, self.now, self.swept_at)

    def _assert_sound(self) -> None:
        for event in self._all(Event):
            oracle.assert_sound(event)
        oracle.assert_nobody_at_two_events()

    def _assert_nobody_skipped(self) -> None:
        for event in self._all(Event):
            if not self._is_line_open(event) or not oracle.free(event):
                continue
            assert not oracle.waiting(db.session.connection(), event.id), event.slug

    def _is_line_open(self, event: Event) -> bool:
        """Return whether free places go to the line: for quotas, once their release was swept."""
        if event.state.value != "published" or event.first_starts_at <= self.now:
            return False
        if event.sharing is Sharing.SET_QUOTAS:
            return event.release_at is not None and event.release_at <= self.swept_at
        return event.sharing is Sharing.FIRST_COME or rounds.was_run(event)

    def _assert_nobody_over_the_cap(self) -> None:
        for event in self._all(Event):
            if event.cap_per_school is None or event.sharing is Sharing.SET_QUOTAS:
                continue
            assert max(queries.held(event.id).values(), default=0) <= event.cap_per_school


@pytest.fixture
def network(app, test_database):
    """A machine for a network of four schools, restored for each of its runs."""
    with app.app_context():
        pupils.make_four_schools_of_four()
    return machines.remembered(Network, app, test_database)


@pytest.mark.machine
def test_places_stay_sound_and_fair_whatever_people_and_the_clock_do(network, engine_kind):
    machines.run(network, engine_kind=engine_kind, examples=12, steps=35)
