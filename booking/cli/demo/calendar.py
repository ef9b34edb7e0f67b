"""When things happen in the demonstration: days that fit, and a queue of what is to come."""

import heapq
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

from booking.domain import terms
from booking.foundation import clock
from booking.foundation.clock import LONDON

MORNING = time(10, 0)
#: How far an event may move to find a school day.
DAYS_MOVED_MAX = 60


def at(on: date, when: time = MORNING) -> datetime:
    """Return an instant by London's clock."""
    return datetime.combine(on, when, tzinfo=LONDON).astimezone(UTC)


def fitting_day(calendar: terms.SchoolCalendar, on: date, *, saturday: bool) -> date:
    """Return the first Saturday, or the first school day, from `on`."""
    if saturday:
        return on + timedelta(days=(5 - on.weekday()) % 7)
    days = (on + timedelta(days=moved) for moved in range(DAYS_MOVED_MAX))
    return next((day for day in days if terms.is_school_day(calendar, day)), on)


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
