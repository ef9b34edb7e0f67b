"""The life of one event in the demonstration, from the draft to the closed account."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from booking.cli.demo.aftermath import Aftermath
from booking.cli.demo.world import World
from booking.days.allocation import service as allocation
from booking.days.events import service as events
from booking.days.events.demonstration import NAMING, REQUESTS_CLOSE, ROUND, Staged, details
from booking.days.events.models import Event, Sharing
from booking.days.places import service as places
from booking.domain import year_groups
from booking.foundation.db import db, transaction
from booking.people.schools.models import School
from booking.people.schools.scene import Diary, at

RESERVES = 2


class PlanStory:
    """One plan, played out by the demonstration's people until pupils are named."""

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
            event = events.write(actor=self.by_host, now=now, details=details(self.staged))
            db.session.flush()
            self.event_id = event.id

    def publish(self, now: datetime) -> None:
        """Publish the event; schools ask, the round is run, and pupils are named."""
        self.write(now)
        with transaction():
            events.publish(actor=self.by_host, now=now, event=self.event)
        if self.plan.sharing is Sharing.SET_QUOTAS:
            self.diary.put(at(self.staged.after(2)), self.set_quotas)
        for school in self.guests():
            wait = self.dice.randint(1, REQUESTS_CLOSE - 3)
            if self.plan.sharing is not Sharing.SET_QUOTAS and self.dice.random() < 0.85:
                self.diary.put(self._later(wait), self._by_school(self.ask, school))
            naming = NAMING if self.plan.sharing is Sharing.FAIR_ROUND else wait
            self.diary.put(
                self._later(naming + self.dice.randint(1, 4)), self._by_school(self.name, school)
            )
        if self.plan.sharing is Sharing.FAIR_ROUND:
            self.diary.put(at(self.staged.after(ROUND)), self.run)
        if self.staged.days[-1] < self.world.scene.today and not self.plan.cancelled:
            Aftermath(self.staged, self.world, self.event_id, self.dice).put_into(self.diary)

    def guests(self) -> list[School]:
        """Return the schools that have any of the event's years, in the order of the cast."""
        return [
            school
            for school in self.world.scene.schools.values()
            if year_groups.overlap((school.low_year, school.high_year), self.plan.years)
        ]

    def ask(self, school: School, now: datetime) -> None:
        """Ask for places, as a coordinator."""
        most = max(2, min(8, school.roll // 60))
        with transaction():
            places.request_places(
                actor=self.world.scene.coordinator_of(school),
                now=now,
                event=self.event,
                school=school,
                wanted=min(self.dice.randint(2, most), self.plan.cap or most),
                sure=True,
            )

    def set_quotas(self, now: datetime) -> None:
        """Set a number for some schools, as the host."""
        chosen = self.guests()[:7]
        quotas = {school.slug: 3 for school in chosen}
        with transaction():
            allocation.set_quotas(actor=self.by_host, now=now, event=self.event, quotas=quotas)

    def run(self, now: datetime) -> None:
        """Run the round, as the host."""
        with transaction():
            allocation.run(actor=self.by_host, now=now, event=self.event)

    def name(self, school: School, now: datetime) -> None:
        """Name pupils for the places the school holds, and rank reserves."""
        self.world.name(
            self.event, school, self.staged.days, reserves=RESERVES, now=now, dice=self.dice
        )

    def cancel(self, now: datetime) -> None:
        """Cancel the event, as the host."""
        reason = "The hall is being repaired; we hope to hold the final next term."
        with transaction():
            events.cancel(actor=self.by_host, now=now, event=self.event, reason=reason)

    def _later(self, days: int) -> datetime:
        return at(self.staged.after(days)) + timedelta(minutes=self.dice.randrange(300))

    def _by_school(
        self, act: Callable[[School, datetime], None], school: School
    ) -> Callable[[datetime], None]:
        school_id = school.id
        return lambda now: act(db.session.get_one(School, school_id), now)
