"""What hosts do: publish days of every kind, run rounds, move and cancel days, mark registers."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import select

from bench.year.world import HOSTS, World
from booking.days.allocation import service as allocation
from booking.days.allocation.models import Round
from booking.days.events import details as event_details
from booking.days.events import service as events
from booking.days.events.models import Event, EventState, Sharing
from booking.days.places import queries as place_queries
from booking.days.places import service as places
from booking.domain import terms
from booking.domain.charging import FeeKind
from booking.foundation import clock
from booking.foundation.db import db
from booking.people.schools import queries as school_queries
from booking.people.schools import service as school_service
from booking.people.schools.models import School
from booking.people.schools.scene import at
from tests.builders import checkout

SHARINGS, KINDS = tuple(Sharing), tuple(FeeKind)
#: How many days before its first date an event is published.
AHEAD = (45, 70)
MORNING = time(9, 15)
#: Chances of one day.
PUBLISHES, MOVES, CANCELS, SNOWS, RUNS = 0.07, 0.006, 0.003, 0.01, 0.6


class Hosts:
    """Whoever hosts, in turn."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.published = 0

    def every_day(self) -> None:
        """Do what hosts do on a day."""
        world = self.world
        today = clock.today()
        if terms.is_school_day(school_queries.calendar(None), today) and world.happens(PUBLISHES):
            self._publish(today)
        for event_id in world.ids(select(Event.id).where(Event.state == EventState.PUBLISHED)):
            self._look_after(event_id)
        if world.happens(SNOWS):
            self._snow(today)

    def _publish(self, today: date) -> None:
        """Publish the next event; ways of sharing and fees take turns."""
        world, number = self.world, self.published
        sharing, kind = SHARINGS[number % len(SHARINGS)], KINDS[(number // 2) % len(KINDS)]
        host = db.session.get_one(School, world.schools[HOSTS[number % len(HOSTS)]])
        dates = self._dates(today, saturday=kind is FeeKind.CHARGE)
        event = checkout.make_fee_event(
            kind,
            host=host,
            title=f"Day {number + 1}",
            sharing=sharing,
            places=world.dice.randint(6, 14),
            dates=dates,
            **({"cap_per_school": 5} if sharing is Sharing.FIRST_COME else {}),
            **({"host_places": 2} if sharing is Sharing.FAIR_ROUND else {}),
        )
        self.published += 1
        world.done[f"published, {sharing.value.replace('_', ' ')}"] += 1
        if sharing is Sharing.SET_QUOTAS:
            self._set_quotas(event.id)

    def _dates(self, today: date, *, saturday: bool) -> list[events.DateDetails]:
        """Return one to three dates, a week apart, from a fitting day on."""
        dice, calendar = self.world.dice, school_queries.calendar(None)
        on = today + timedelta(days=dice.randint(*AHEAD))
        while (saturday and on.weekday() != 5) or (
            not saturday and not terms.is_school_day(calendar, on)
        ):
            on += timedelta(days=1)
        many = 1 if saturday else dice.choice((1, 1, 3))
        starts = [at(on + timedelta(days=7 * week), MORNING) for week in range(many)]
        return [events.DateDetails(start, start + timedelta(hours=5)) for start in starts]

    def _set_quotas(self, event_id: int) -> None:
        quotas = {slug: self.world.dice.randint(0, 1) for slug in self.world.schools}
        self.world.act(
            "set quotas",
            lambda: allocation.set_quotas(
                actor=self.world.actors["lead@fairplace.example"],
                now=clock.now(),
                event=db.session.get_one(Event, event_id),
                quotas=quotas,
            ),
        )

    def _look_after(self, event_id: int) -> None:
        world, now = self.world, clock.now()
        event = db.session.get_one(Event, event_id)
        begun = event.first_starts_at is not None and event.first_starts_at <= now
        over = event.last_ends_at is not None and event.last_ends_at <= now
        due = event.requests_close_at is not None and event.requests_close_at < now
        waits = event.sharing is Sharing.FAIR_ROUND and due and not self._was_run(event_id)
        db.session.rollback()
        if over:
            self._mark(event_id)
        elif waits and world.happens(RUNS):
            world.act("run a round", lambda: allocation.run(**self._about(event_id)))
        elif not begun and world.happens(MOVES):
            self._move(event_id)
        elif not begun and world.happens(CANCELS):
            world.act("cancel", lambda: events.cancel(**self._about(event_id), reason="No hall."))

    def _about(self, event_id: int) -> dict[str, Any]:
        return {
            "actor": self.world.actors["lead@fairplace.example"],
            "now": clock.now(),
            "event": db.session.get_one(Event, event_id),
        }

    def _was_run(self, event_id: int) -> bool:
        return db.session.scalar(select(Round.id).where(Round.event_id == event_id)) is not None

    def _move(self, event_id: int) -> None:
        """Move an event to another hall, or by a week."""
        by = timedelta(days=self.world.dice.choice((0, 7)))
        venue = f"Hall {self.world.dice.randint(1, 99)}"

        def change() -> None:
            about = self._about(event_id)
            before = event_details.details_of(about["event"])
            dates = tuple(
                replace(each, starts_at=each.starts_at + by, ends_at=each.ends_at + by)
                for each in before.dates
            )
            events.change(**about, details=replace(before, venue=venue, dates=dates))

        self.world.act("move an event", change)

    def _mark(self, event_id: int) -> None:
        """Mark who came, once."""
        dice = self.world.dice

        def mark() -> None:
            for booking in place_queries.expected(event_id):
                if booking.marked_at is None:
                    here = dice.random() < 0.93
                    places.mark(
                        actor=self.world.actors["lead@fairplace.example"],
                        now=clock.now(),
                        booking=booking,
                        attended=here,
                    )

        self.world.act("mark a register", mark)

    def _snow(self, today: date) -> None:
        """Close every school, or one, today and perhaps tomorrow."""
        world = self.world
        one = world.dice.choice([None, *world.schools.values()])
        days = world.dice.randint(0, 1)
        world.act(
            "close for snow",
            lambda: school_service.add_closure(
                actor=world.actors["lead@fairplace.example"],
                now=clock.now(),
                school=db.session.get_one(School, one) if one else None,
                first_on=today,
                last_on=today + timedelta(days=days),
                reason="Snow",
            ),
        )
