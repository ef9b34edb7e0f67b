"""The network of a season: every flow is a plan, and the cheapest greatest flow is the fairest.

    source → school           one arc for each place the school could get; costs its turn
    school → pupil            one arc for each event the pupil may go to; the nth costs n - 1
    pupil → group             where wishes overlap: one of them
    pupil or group → school at event          the wish; the nth costs n - 1
    school at event → event   the cap
    event → sink              the places

A cost is one integer of three digits, each with a base greater than its digit can ever reach: turns
of schools, then events of pupils, then wishes. Nodes and arcs are in the order of the lottery,
never of the input, so the same season has the same plan in whatever order it was written down.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from booking.domain.allocation import claims, draw, path
from booking.domain.season import clashes, wishes
from booking.domain.season.solving import Arc, Flows

SOURCE, SINK = 0, 1


@dataclass(frozen=True)
class FlowNetwork:
    """The flows of a season, and which arc is which wish."""

    flows: Flows
    wish_arcs: tuple[tuple[int, wishes.GivenPlace], ...]


@dataclass(frozen=True)
class Digits:
    """The cost of a turn later and of another event for a pupil; a wish further down costs 1."""

    turn: int
    event: int


class _Laying:
    """A network while it is being built."""

    def __init__(self, season: wishes.Season) -> None:
        self.season = season
        clashing = clashes.clashes(season.events)
        self.pupils = sorted(
            season.pupils,
            key=lambda pupil: draw.ticket(season.seed, season.name, pupil.reference),
        )
        self.groups = {pupil.reference: clashes.groups(pupil, clashing) for pupil in self.pupils}
        self.limits = {
            pupil.reference: min(pupil.at_most, len(self.groups[pupil.reference]))
            for pupil in self.pupils
        }
        self.nodes: dict[object, int] = {"source": SOURCE, "sink": SINK}
        self.arcs: list[Arc] = []
        self.wish_arcs: list[tuple[int, wishes.GivenPlace]] = []

    def node(self, key: object) -> int:
        return self.nodes.setdefault(key, len(self.nodes))

    def arc(self, tail: object, head: object, capacity: int, cost: int = 0) -> None:
        self.arcs.append(Arc(self.node(tail), self.node(head), capacity, cost))


def build(season: wishes.Season) -> FlowNetwork:
    """Build the network of a season. Raises ChainOfOverlaps."""
    laying = _Laying(season)
    interest = _interest(laying)
    turns = _turns(season, _most_for_schools(laying, interest))
    most = min(len(turns), sum(event.places for event in season.events))
    digits = _digits(laying, most)
    for turn, school in enumerate(turns):
        laying.arc("source", ("school", school), 1, digits.turn * turn)
    for pupil in laying.pupils:
        _lay_pupil(laying, pupil, digits)
    for (school, slug), wanted in interest.items():
        capacity = min(wanted, season.event_of[slug].for_one_school)
        laying.arc(("at", school, slug), ("event", slug), capacity)
    for event in sorted(season.events, key=lambda event: event.slug):
        laying.arc(("event", event.slug), "sink", event.places)
    flows = Flows(len(laying.nodes), SOURCE, SINK, tuple(laying.arcs), most)
    return FlowNetwork(flows, tuple(laying.wish_arcs))


def _interest(laying: _Laying) -> Mapping[tuple[str, str], int]:
    """Return how many pupils of a school wish for an event, in the order of the lottery."""
    return Counter((pupil.school, slug) for pupil in laying.pupils for slug in pupil.wishes)


def _most_for_schools(
    laying: _Laying, interest: Mapping[tuple[str, str], int]
) -> Mapping[str, int]:
    """Return an upper bound on each school's places, by its pupils and by the caps."""
    by_pupils: dict[str, int] = defaultdict(int)
    by_caps: dict[str, int] = defaultdict(int)
    for pupil in laying.pupils:
        by_pupils[pupil.school] += laying.limits[pupil.reference]
    for (school, slug), wanted in interest.items():
        by_caps[school] += min(wanted, laying.season.event_of[slug].for_one_school)
    return {school: min(count, by_caps[school]) for school, count in by_pupils.items()}


def _turns(season: wishes.Season, most: Mapping[str, int]) -> tuple[str, ...]:
    """Return the school of each turn, in the order that a round by season would follow."""
    asked = tuple(
        claims.Claim(school, wanted, season.school_of[school].weight, received=received)
        for school, wanted in sorted(most.items())
        if wanted
        for received in [season.school_of[school].received]
    )
    round_ = claims.RoundFacts(season.name, 0, claims.Basis.SEASON, asked, season.seed)
    return tuple(path.Path(round_).walk())


def _digits(laying: _Laying, most: int) -> Digits:
    wish_most = max((len(pupil.wishes) for pupil in laying.pupils), default=1) - 1
    event_most = max(laying.limits.values(), default=1) - 1
    event = most * wish_most + 1
    return Digits(turn=event * (most * event_most + 1), event=event)


def _lay_pupil(laying: _Laying, pupil: wishes.SeasonPupil, digits: Digits) -> None:
    who = ("pupil", pupil.reference)
    for already in range(laying.limits[pupil.reference]):
        laying.arc(("school", pupil.school), who, 1, digits.event * already)
    for tail, event in _ways(laying, pupil):
        given = wishes.GivenPlace(pupil.reference, event)
        laying.wish_arcs.append((len(laying.arcs), given))
        laying.arc(tail, ("at", pupil.school, event), 1, pupil.rank(event) - 1)


def _ways(laying: _Laying, pupil: wishes.SeasonPupil) -> Iterator[tuple[object, str]]:
    """Yield each wish with the node that it starts at."""
    who = ("pupil", pupil.reference)
    for number, group in enumerate(laying.groups[pupil.reference]):
        if len(group) == 1:
            yield who, group[0]
            continue
        together = ("group", pupil.reference, number)
        laying.arc(who, together, 1)
        for event in group:
            yield together, event
