"""The life of one event of the demonstration, from the draft to the closed account."""

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta

from booking.allocation import service as allocation
from booking.cli.demo.calendar import Diary, at, fitting_day
from booking.cli.demo.programme import Plan
from booking.cli.demo.world import World
from booking.db import db, transaction
from booking.domain import ledger, year_groups
from booking.events import service as events
from booking.events.models import Event, EventState, Sharing
from booking.fund import service as fund
from booking.places import queries
from booking.places import service as places
from booking.schools.models import School

#: Days after publication.
REQUESTS_CLOSE, ROUND, NAMING = 14, 16, 18
#: Days before the first date.
RELEASE, NAMING_CLOSES = 30, 20
RESERVES = 2
#: Days after the last date.
SETTLED, CLOSED = 5, 9
CLOSE_AT = at(date(2000, 1, 1)).time().replace(hour=16)


class Story:
    """One plan, played out by the people of the world."""

    def __init__(self, plan: Plan, world: World, diary: Diary, dice: random.Random) -> None:
        self.plan, self.world, self.diary, self.dice = plan, world, diary, dice
        self.host = world.schools[plan.host]
        self.by_host = world.host_of(plan.host)
        nominal = world.today + timedelta(days=plan.offset)
        first = nominal
        if plan.offset or plan.saturday:
            first = fitting_day(world.calendar, nominal, saturday=plan.saturday)
        self.days = [first + timedelta(weeks=week) for week in range(plan.weeks)]
        # A draft has its deadlines too, as if it were published in good time.
        self.published = nominal - timedelta(days=plan.lead or Plan.lead)
        self.nominal = nominal
        self.event_id = 0

    def begin(self) -> None:
        """Put everything that people will do into the diary."""
        if not self.plan.lead:
            self.diary.put(at(self.world.today - timedelta(days=2)), self.write)
            return
        self.diary.put(at(self.published), self.publish)
        if self.plan.cancelled:
            on = self.nominal - timedelta(days=self.plan.cancelled)
            self.diary.put(at(on), self.cancel)

    @property
    def event(self) -> Event:
        """Return the event as it stands."""
        return db.session.get_one(Event, self.event_id)

    def write(self, now: datetime) -> None:
        """The host writes a draft."""
        with transaction():
            event = events.write(actor=self.by_host, now=now, details=self.details())
            db.session.flush()
            self.event_id = event.id

    def details(self) -> events.EventDetails:
        """Return the plan as the host's form has it."""
        plan, fee, host = self.plan, self.plan.fee, self.host
        starts, ends = plan.hours
        naming = self.nominal - timedelta(
            days=min(NAMING_CLOSES, max((plan.lead or Plan.lead) // 5, 1))
        )
        fair = plan.sharing is Sharing.FAIR_ROUND
        quotas = plan.sharing is Sharing.SET_QUOTAS
        return events.EventDetails(
            title=plan.title, host_school_id=host.id, theme=plan.theme, concept=plan.concept,
            intended_impact=plan.impact, led_by=plan.led_by, venue=host.name,
            venue_address=f"{host.address}, {host.town} {host.postcode}",
            contact_name="The school office", contact_phone=host.office_phone,
            practicalities=f"Bring: {plan.bring}" if plan.bring else "",
            low_year=plan.years[0], high_year=plan.years[1], places=plan.places,
            dates=tuple(events.DateDetails(at(day, starts), at(day, ends)) for day in self.days),
            sharing=plan.sharing, basis=plan.basis, guarantee=plan.guarantee,
            cap_per_school=plan.cap,
            requests_close_at=at(self._after(REQUESTS_CLOSE), CLOSE_AT) if fair else None,
            release_at=at(self.nominal - timedelta(days=RELEASE), CLOSE_AT) if quotas else None,
            naming_close_at=at(naming, CLOSE_AT),
            fee_kind=fee.kind, fee_pence=fee.pence, fee_parts=fee.parts,
            cost_lines=tuple(events.CostDetails(label, pence) for label, pence in fee.costs(plan.places)),
        )  # fmt: skip

    def publish(self, now: datetime) -> None:
        """The host publishes; schools ask; the round is run; pupils are named."""
        self.write(now)
        with transaction():
            events.publish(actor=self.by_host, now=now, event=self.event)
        if self.plan.sharing is Sharing.SET_QUOTAS:
            self.diary.put(at(self._after(2)), self.set_quotas)
        for school in self.guests():
            wait = self.dice.randint(1, REQUESTS_CLOSE - 3)
            if self.plan.sharing is not Sharing.SET_QUOTAS and self.dice.random() < 0.85:
                self.diary.put(self._later(wait), self._by_school(self.ask, school))
            naming = NAMING if self.plan.sharing is Sharing.FAIR_ROUND else wait
            self.diary.put(
                self._later(naming + self.dice.randint(1, 4)), self._by_school(self.name, school)
            )
        if self.plan.sharing is Sharing.FAIR_ROUND:
            self.diary.put(at(self._after(ROUND)), self.run)
        self._put_the_day()

    def _put_the_day(self) -> None:
        last = self.days[-1]
        if last < self.world.today and not self.plan.cancelled:
            self.diary.put(at(last, self.plan.hours[1]), self.take_register)
            self.diary.put(at(last + timedelta(days=SETTLED)), self.pay_costs)
            self.diary.put(at(last + timedelta(days=CLOSED)), self.close)

    def guests(self) -> list[School]:
        """Return the schools whose years meet the event's, in the order of the cast."""
        return [
            school
            for school in self.world.schools.values()
            if year_groups.overlap((school.low_year, school.high_year), self.plan.years)
        ]

    def ask(self, school: School, now: datetime) -> None:
        """A coordinator asks for places."""
        most = max(2, min(8, school.roll // 60))
        with transaction():
            places.request_places(
                actor=self.world.coordinator_of(school), now=now, event=self.event, school=school,
                wanted=min(self.dice.randint(2, most), self.plan.cap or most), sure=True,
            )  # fmt: skip

    def set_quotas(self, now: datetime) -> None:
        """The host sets a number for some schools."""
        chosen = self.guests()[:7]
        quotas = {school.slug: 3 for school in chosen}
        with transaction():
            allocation.set_quotas(actor=self.by_host, now=now, event=self.event, quotas=quotas)

    def run(self, now: datetime) -> None:
        """The host runs the round."""
        with transaction():
            allocation.run(actor=self.by_host, now=now, event=self.event)

    def name(self, school: School, now: datetime) -> None:
        """A coordinator names pupils for the places that the school holds, and reserves."""
        self.world.name(self.event, school, self.days, reserves=RESERVES, now=now, dice=self.dice)

    def cancel(self, now: datetime) -> None:
        """The host cancels."""
        reason = "The hall is being repaired; we hope to hold the final next term."
        with transaction():
            events.cancel(actor=self.by_host, now=now, event=self.event, reason=reason)

    def take_register(self, now: datetime) -> None:
        """The host marks who came."""
        with transaction():
            for booking in queries.expected(self.event_id):
                here = self.dice.random() < 0.95
                places.mark(actor=self.by_host, now=now, booking=booking, attended=here)

    def pay_costs(self, now: datetime) -> None:
        """The treasurer pays what the day cost, from what has been paid out to the bank."""
        self.world.pay_out(now)
        for label, pence in self.plan.fee.costs(self.plan.places):
            affordable = min(pence, self.world.held(ledger.Fund.EVENTS))
            if affordable:
                self.world.enter(
                    now, ledger.Kind.EVENT_COST, pence=affordable, event=self.event.slug,
                    description=f"{self.plan.title}: {label.lower()}",
                )  # fmt: skip

    def close(self, now: datetime) -> None:
        """The treasurer closes the event: its surplus goes to the CPD fund."""
        with transaction():
            if self.event.state is EventState.PUBLISHED:
                fund.close_event(
                    actor=self.world.treasurer, now=now, event=self.event,
                    reason="Fewer contributions than planned; met from administration.",
                )  # fmt: skip

    def _after(self, days: int) -> date:
        return self.published + timedelta(days=days)

    def _later(self, days: int) -> datetime:
        return at(self._after(days)) + timedelta(minutes=self.dice.randrange(300))

    def _by_school(
        self, act: Callable[[School, datetime], None], school: School
    ) -> Callable[[datetime], None]:
        school_id = school.id
        return lambda now: act(db.session.get_one(School, school_id), now)
