"""The life of one event in the demonstration, from the draft to the closed account."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from booking.cli.demo.aftermath import Aftermath
from booking.cli.demo.world import World
from booking.days.allocation import service as allocation
from booking.days.events import service as events
from booking.days.events.demonstration import Staged, details
from booking.days.events.models import Event, Sharing
from booking.days.places import service as places
from booking.days.questions import demonstration as question_demonstration
from booking.domain import year_groups
from booking.foundation.db import db, transaction
from booking.people.schools.models import School
from booking.people.schools.scene import Diary, at

RESERVES = 2
#: Days within which schools ask, and days from a round until the first school names pupils.
ASKING_DAYS, NAMING_WAITS = 11, 2


class PlanStory:
    """One plan, played out by its host until the round is run; guest schools do their part."""

    def __init__(self, staged: Staged, world: World, diary: Diary, dice: random.Random) -> None:
        self.staged, self.plan = staged, staged.plan
        self.world, self.diary, self.dice = world, diary, dice
        self.by_host = world.scene.host_of(staged.plan.host)
        self.event_id = 0

    def begin(self) -> None:
        """Put everything that people will do in the diary."""
        if not self.plan.lead:
            self.diary.put(at(self.world.scene.today - timedelta(days=2)), self.write)
            return
        self.diary.put(at(self.staged.published), self.publish)
        if self.plan.cancelled:
            self.diary.put(at(self.staged.before(self.plan.cancelled)), self.cancel)

    @property
    def event(self) -> Event:
        """Return the event as it is now."""
        return db.session.get_one(Event, self.event_id)

    def write(self, now: datetime) -> None:
        """Write a draft, as the host."""
        with transaction():
            host = self.world.scene.schools[self.plan.host]
            written = details(self.staged, host)
            event = events.write(actor=self.by_host, now=now, details=written)
            db.session.flush()
            self.event_id = event.id

    def publish(self, now: datetime) -> None:
        """Publish the event; schools ask, the round is run, and pupils are named."""
        self.write(now)
        with transaction():
            question_demonstration.ask(self.event, actor=self.by_host, now=now)
            events.publish(actor=self.by_host, now=now, event=self.event)
        guests = Guests(self.staged, self.world, self.event_id, self.dice)
        if self.plan.sharing is Sharing.SET_QUOTAS:
            self.diary.put(
                at(self.staged.after(2)), lambda day: self.set_quotas(guests.schools(), day)
            )
        guests.put_into(self.diary)
        if self.plan.sharing is Sharing.FAIR_ROUND:
            self.diary.put(at(self.staged.round_on), self.run)
        if self.staged.days[-1] < self.world.scene.today and not self.plan.cancelled:
            Aftermath(self.staged, self.world, self.event_id, self.dice).put_into(self.diary)

    def set_quotas(self, guests: list[School], now: datetime) -> None:
        """Set a number for some schools, as the host."""
        quotas = {school.slug: 3 for school in guests[:7]}
        with transaction():
            allocation.set_quotas(actor=self.by_host, now=now, event=self.event, quotas=quotas)

    def run(self, now: datetime) -> None:
        """Run the round, as the host."""
        with transaction():
            allocation.run(actor=self.by_host, now=now, event=self.event)

    def cancel(self, now: datetime) -> None:
        """Cancel the event, as the host."""
        reason = "The hall is being repaired; we hope to hold the final next term."
        with transaction():
            events.cancel(actor=self.by_host, now=now, event=self.event, reason=reason)


class Guests:
    """The schools whose pupils one event is for: they ask for places, and name pupils."""

    def __init__(self, staged: Staged, world: World, event_id: int, dice: random.Random) -> None:
        self.staged, self.world, self.event_id, self.dice = staged, world, event_id, dice

    def schools(self) -> list[School]:
        """Return the schools that have any of the event's years, in the order of the cast."""
        return [
            school
            for school in self.world.scene.schools.values()
            if year_groups.overlap((school.low_year, school.high_year), self.staged.plan.years)
        ]

    def put_into(self, diary: Diary) -> None:
        """Put what each school does in the diary."""
        staged, sharing = self.staged, self.staged.plan.sharing
        for school in self.schools():
            wait = self.dice.randint(1, ASKING_DAYS)
            if sharing is not Sharing.SET_QUOTAS and self.dice.random() < 0.85:
                diary.put(self._later(wait), self._by_school(self.ask, school))
            if sharing is Sharing.FAIR_ROUND:
                wait = (staged.round_on - staged.published).days + NAMING_WAITS
            diary.put(
                self._later(wait + self.dice.randint(1, 4)), self._by_school(self.name, school)
            )

    def ask(self, school: School, now: datetime) -> None:
        """Ask for places, as a coordinator."""
        most, cap = max(2, min(8, school.roll // 60)), self.staged.plan.cap
        with transaction():
            places.request_places(
                actor=self.world.scene.coordinator_of(school),
                now=now,
                event=db.session.get_one(Event, self.event_id),
                school=school,
                wanted=min(self.dice.randint(2, most), cap or most),
                sure=True,
            )

    def name(self, school: School, now: datetime) -> None:
        """Name pupils for the places the school holds, and rank reserves."""
        event, days = db.session.get_one(Event, self.event_id), self.staged.days
        self.world.name(event, school, days, reserves=RESERVES, now=now, dice=self.dice)
        with transaction():
            actor = self.world.scene.coordinator_of(school)
            question_demonstration.answer(event, school, actor=actor, now=now)

    def _later(self, days: int) -> datetime:
        return at(self.staged.after(days)) + timedelta(minutes=self.dice.randrange(300))

    def _by_school(
        self, act: Callable[[School, datetime], None], school: School
    ) -> Callable[[datetime], None]:
        school_id = school.id
        return lambda now: act(db.session.get_one(School, school_id), now)
