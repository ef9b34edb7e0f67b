"""How long a season plan takes: building the network, solving it, and checking the plan."""

import gc
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median
from time import process_time

from booking.days.seasons import solver
from booking.domain.season import check, network, planning, wishes

TARGET_SECONDS = 1.0
#: A weekday of an invented autumn.
FIRST_DAY = datetime(2026, 9, 14, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Planned:
    """How large a season was, and the seconds that each part took."""

    schools: int
    pupils: int
    events: int
    places: int
    nodes: int
    arcs: int
    plan_seconds: float
    check_seconds: float

    @property
    def seconds(self) -> float:
        """How long it takes until a plan can be shown."""
        return self.plan_seconds + self.check_seconds


@dataclass(frozen=True)
class Size:
    """How large a season to measure: pupils at each school, places at each event."""

    schools: int = 23
    pupils: int = 300
    events: int = 20
    places: int = 60


SMALL = Size(schools=4, pupils=20, events=5, places=12)


def measure(size: Size, times: int = 3) -> Planned:
    """Return the processor time for a season of this size: the median of so many runs."""
    season = _season(size.schools, size.pupils, size.events, size.places)
    cheapest = solver.OrTools()
    planned, checked = [], []
    for _ in range(times):
        gc.collect()
        began = process_time()
        laid = network.build(season)
        plan = planning.read(laid, cheapest.cheapest(laid.flows))
        solved = process_time()
        check.assert_valid(season, plan)
        planned.append(solved - began)
        checked.append(process_time() - solved)
    flows = laid.flows
    return Planned(
        size.schools,
        len(season.pupils),
        size.events,
        len(plan.given),
        flows.nodes,
        len(flows.arcs),
        median(planned),
        median(checked),
    )


def _season(schools: int, pupils: int, events: int, places: int) -> wishes.Season:
    """Return a season in which each pupil chooses up to six events, two a week on one day."""
    rng = random.Random(schools)
    slugs = [f"event-{number}" for number in range(events)]
    return wishes.Season(
        "autumn-2026",
        tuple(
            wishes.SeasonEvent(slug, places, (_date(number // 2),), at_most=8)
            for number, slug in enumerate(slugs)
        ),
        tuple(
            wishes.SeasonSchool(f"school-{n}", received=rng.randint(0, 40)) for n in range(schools)
        ),
        tuple(
            wishes.SeasonPupil(
                f"pupil-{school}-{number}",
                f"school-{school}",
                tuple(rng.sample(slugs, rng.randint(1, min(6, events)))),
                at_most=rng.randint(1, 3),
            )
            for school in range(schools)
            for number in range(pupils)
        ),
        "a seed for measuring" * 2,
    )


def _date(week: int) -> wishes.Date:
    starts_at = FIRST_DAY + timedelta(weeks=week)
    return wishes.Date(starts_at, starts_at + timedelta(hours=6))
