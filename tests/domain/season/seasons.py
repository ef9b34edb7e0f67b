"""Seasons to test with: builders, strategies, a second solver and the rule in its simplest form."""

import os
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import combinations, product

import networkx
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from booking.domain.allocation import draw
from booking.domain.season.solving import Flows
from booking.domain.season.wishes import (
    Date,
    GivenPlace,
    Plan,
    Season,
    SeasonEvent,
    SeasonPupil,
    SeasonSchool,
)

SEED = "0123456789abcdef0123456789abcdef"
#: Decorates each property; as many examples as for the allocation.
PROPERTY = settings(
    max_examples=int(os.environ.get("FAIRPLACE_EXAMPLES", "200")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
MORNING = datetime(2026, 10, 6, 9, tzinfo=UTC)


def date(day: int, start: int = 0, hours: int = 6) -> Date:
    """Return a date of the season, by default from nine to three."""
    starts_at = MORNING + timedelta(days=day, hours=start)
    return Date(starts_at, starts_at + timedelta(hours=hours))


def make_season(
    *, events: Sequence[SeasonEvent], schools: Sequence[SeasonSchool], pupils: Sequence[SeasonPupil]
) -> Season:
    return Season("autumn-2026", tuple(events), tuple(schools), tuple(pupils), SEED)


def random_season(
    number: int, *, schools: int = 4, pupils: int = 14, events: int = 5, places: int = 5
) -> Season:
    """Return a random season, with overlapping pairs, caps and weights."""
    rng = random.Random(number)
    here = [
        SeasonEvent(
            f"event-{n}",
            rng.randint(0, places),
            (date(n // 2),) if rng.random() < 0.6 else (date(100 + n),),
            rng.choice([None, None, 1, 2]),
        )
        for n in range(rng.randint(1, events))
    ]
    some = [
        SeasonSchool(f"school-{n}", rng.randint(0, 4), rng.choice([1, 1, 1, 2, 3]))
        for n in range(rng.randint(1, schools))
    ]
    slugs = [event.slug for event in here]
    them = [
        SeasonPupil(
            f"pupil-{n}",
            rng.choice(some).slug,
            tuple(rng.sample(slugs, rng.randint(1, len(slugs)))),
            rng.randint(1, 3),
            ranked=rng.choice([None, None, 0, 1]),
        )
        for n in range(rng.randint(0, pupils))
    ]
    return make_season(events=here, schools=some, pupils=them)


TINY = st.integers(0, 10**9).map(
    lambda number: random_season(number, schools=3, pupils=4, events=3, places=2)
)
SMALL = st.integers(0, 10**9).map(random_season)


class NetworkX:
    """The same port, with networkx's network simplex."""

    def cheapest(self, flows: Flows) -> Sequence[int]:
        graph = networkx.DiGraph()
        graph.add_nodes_from(range(flows.nodes))
        for number, arc in enumerate(flows.arcs):  # a node in each arc: parallel ones stay apart
            graph.add_edge(arc.tail, ("arc", number), capacity=arc.capacity, weight=arc.cost)
            graph.add_edge(("arc", number), arc.head, capacity=arc.capacity)
        found = networkx.max_flow_min_cost(graph, flows.source, flows.sink)
        return [found[arc.tail]["arc", number] for number, arc in enumerate(flows.arcs)]


def every_plan(season: Season) -> Iterator[Plan]:
    """Yield every plan that breaks no promise, found by trying them all."""
    choices = [tuple(_choices(season, pupil)) for pupil in season.pupils]
    for choice in product(*choices):
        given = [
            GivenPlace(pupil.reference, event)
            for pupil, events in zip(season.pupils, choice, strict=True)
            for event in events
        ]
        plan = Plan(tuple(sorted(given)))
        if _fits(season, plan):
            yield plan


def _choices(season: Season, pupil: SeasonPupil) -> Iterator[tuple[str, ...]]:
    for count in range(min(pupil.at_most, len(pupil.wishes)) + 1):
        for events in combinations(pupil.wishes, count):
            dates = [season.event_of[event].dates for event in events]
            if not any(
                here.starts_at < there.ends_at and there.starts_at < here.ends_at
                for one, other in combinations(dates, 2)
                for here, there in product(one, other)
            ):
                yield events


def _fits(season: Season, plan: Plan) -> bool:
    for event in season.events:
        schools = [season.pupil_of[p.pupil].school for p in plan.given if p.event == event.slug]
        cap = event.places if event.at_most is None else event.at_most
        if len(schools) > event.places:
            return False
        if any(schools.count(school) > cap for school in schools):
            return False
    return True


def merit(season: Season, plan: Plan) -> tuple[object, ...]:
    """Return how good a plan is; the rule chooses the smallest.

    Most places; then the turns used, each a (level, received, ticket), those that come last
    compared first; then the pupils' counts likewise; then the sum of the choices.
    """
    totals, counts = plan.totals(season), plan.events_of
    turns = [
        (
            Fraction(school.received + nth, school.weight),
            school.received,
            draw.ticket(SEED, season.name, school.slug),
        )
        for school in season.schools
        for nth in range(1, totals[school.slug] + 1)
    ]
    pupils = [nth for events in counts.values() for nth in range(1, len(events) + 1)]
    ranks = sum(season.pupil_of[p.pupil].rank(p.event) for p in plan.given)
    return (-len(plan.given), sorted(turns, reverse=True), sorted(pupils, reverse=True), ranks)
