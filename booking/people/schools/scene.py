"""Where the demonstration is played: its days, its people, and what features add to its year.

A feature subscribes to `opened`, to put into the diary what people do with it, or to `closed`.
"""

import heapq
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

from booking.domain import terms
from booking.domain.permissions import Actor, Role
from booking.foundation import clock
from booking.foundation.clock import LONDON
from booking.foundation.ports import Announcement
from booking.people.schools.models import School

MORNING = time(10, 0)
LEAD, TREASURER = "lead@fairplace.example", "treasurer@fairplace.example"
#: The same network every time.
SEED = 2027
#: How far an event may move to find a school day.
DAYS_MOVED_MAX = 60
SATURDAY = 5


def at(on: date, when: time = MORNING) -> datetime:
    """Return an instant by London's clock."""
    return datetime.combine(on, when, tzinfo=LONDON).astimezone(UTC)


def fitting_day(
    calendar: terms.SchoolCalendar, on: date, *, saturday: bool = False, back: bool = False
) -> date:
    """Return the first school day from `on`, or the last one up to `on` if `back`.

    With `saturday`, return such a Saturday of term instead: one after a school day.
    """
    step = timedelta(days=-1 if back else 1)
    days = (on + moved * step for moved in range(DAYS_MOVED_MAX))
    fits = is_saturday_of_term if saturday else terms.is_school_day
    return next(day for day in days if fits(calendar, day))


def is_saturday_of_term(calendar: terms.SchoolCalendar, on: date) -> bool:
    """Return whether a day is a Saturday, and its Friday a school day."""
    return on.weekday() == SATURDAY and terms.is_school_day(calendar, on - timedelta(days=1))


@dataclass(frozen=True)
class Scene:
    """The network of the demonstration on one day, before anybody has done anything."""

    today: date
    calendar: terms.SchoolCalendar
    #: By slug, and by e-mail address, in the order of the cast.
    schools: Mapping[str, School]
    people: Mapping[str, Actor]

    def day(self, days: int, when: time = MORNING) -> datetime:
        """Return an instant so many days before today; below zero: to come."""
        return at(self.today - timedelta(days=days), when)

    def fitting(self, days: int) -> date:
        """Return a school day about so many days before today: past if that is past, else not."""
        return fitting_day(self.calendar, self.today - timedelta(days=days), back=days > 0)

    def dice(self, name: str) -> random.Random:
        """Return dice of a feature's own, which fall alike every time."""
        return random.Random(f"{SEED} {name}")

    def coordinator_of(self, school: School) -> Actor:
        """Return the coordinator of a school."""
        return self.people[f"coordinator@{school.slug}.example"]

    def host_of(self, slug: str) -> Actor:
        """Return whoever hosts at a school: its host, a coordinator who is one, or the lead."""
        for email in (f"host@{slug}.example", f"coordinator@{slug}.example"):
            actor = self.people.get(email)
            if actor and actor.has(Role.HOST):
                return actor
        return self.people[LEAD]


class Diary:
    """What is still to happen, earliest first; acting may add more."""

    def __init__(self, *, until: datetime, every_day: Callable[[datetime], None]) -> None:
        self.until = until
        self._every_day = every_day
        self._waiting: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self._serial = count()

    def put(self, moment: datetime, act: Callable[[datetime], None]) -> None:
        """Let `act` happen at `moment`."""
        heapq.heappush(self._waiting, (moment, next(self._serial), act))

    def live(self) -> None:
        """Let everything happen up to `until`, each at its own moment."""
        day = None
        while self._waiting and self._waiting[0][0] <= self.until:
            moment, _, act = heapq.heappop(self._waiting)
            with clock.pretending(moment):
                if moment.date() != day:
                    day = moment.date()
                    self._every_day(moment)
                act(moment)
        with clock.pretending(self.until):
            self._every_day(self.until)


@Announcement
def opened(scene: Scene, diary: Diary) -> None:
    """Say that the year begins: put into the diary what people will do."""


@Announcement
def closed(scene: Scene, now: datetime) -> None:
    """Say that the year has been lived, and its ledger sealed: do what is done at its end."""
