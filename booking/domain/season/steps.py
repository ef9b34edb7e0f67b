"""Every step that could be taken from a plan: one place more here, one fewer there.

The second opinion searches them for exchanges that would be fairer (`check`), and the explanations
search them for whose turn would have been next (`nexts`). Costs have three digits: turns of
schools, then events of pupils, then wishes.
"""

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction

from booking.domain.allocation import draw
from booking.domain.season import clashes, exchanges, wishes

#: Sums of one digit stay far below this, so digits never run into one another.
_DIGIT = 2**64

#: Where a school's place comes, lowest first: level, received, lottery ticket, slug.
Turn = tuple[Fraction, int, str, str]


def turn(season: wishes.Season, school: wishes.SeasonSchool, nth: int) -> Turn:
    """Return when the turn of the school's nth place of the season comes."""
    ticket = draw.ticket(season.seed, season.name, school.slug)
    level = Fraction(school.received + nth, school.weight)
    return (level, school.received, ticket, school.slug)


def left(season: wishes.Season, plan: wishes.Plan) -> exchanges.Steps:
    """Return every step that could be taken from the plan, and its cost."""
    clashing = clashes.clashes(season.events)
    steps: exchanges.Steps = defaultdict(list)
    for node, (gains, gives_up) in _turns(season, plan.totals(season)).items():
        steps[("source",)].append((node, gains * _DIGIT**2))
        if gives_up is not None:
            steps[node].append((("source",), -gives_up * _DIGIT**2))
    for pupil in season.pupils:
        _pupil_steps(steps, pupil, plan.events_of.get(pupil.reference, frozenset()), clashing)
    for (school, slug), count in plan.held(season).items():
        steps["event", slug].append((("at", school, slug), 0))
        if _may_have_more(season.event_of[slug], count):
            steps["at", school, slug].append((("event", slug), 0))
    _event_steps(steps, season, plan)
    return steps


def _turns(
    season: wishes.Season, totals: Mapping[str, int]
) -> dict[exchanges.Node, tuple[int, int | None]]:
    """Return where each school's next turn, and its last one, come among all of these."""
    both = [
        (turn(season, school, nth), school.slug, nth)
        for school in season.schools
        for nth in (totals[school.slug], totals[school.slug] + 1)
        if nth
    ]
    ranks = {(slug, nth): rank for rank, (_, slug, nth) in enumerate(sorted(both))}
    return {
        ("school", slug): (ranks[slug, total + 1], ranks.get((slug, total)))
        for slug, total in totals.items()
    }


def _pupil_steps(
    steps: exchanges.Steps,
    pupil: wishes.SeasonPupil,
    given: frozenset[str],
    clashing: Mapping[str, frozenset[str]],
) -> None:
    who, school = ("pupil", pupil.reference), ("school", pupil.school)
    if len(given) < pupil.at_most:
        steps[school].append((who, len(given) * _DIGIT))
    if given:
        steps[who].append((school, -(len(given) - 1) * _DIGIT))
    for number, group in enumerate(clashes.groups(pupil, clashing)):
        choice = who if len(group) == 1 else ("group", pupil.reference, str(number))
        if choice != who:
            used = given.intersection(group)
            steps[choice if used else who].append((who if used else choice, 0))
        for event in group:
            there, rank = ("at", pupil.school, event), pupil.rank(event)
            if event in given:
                steps[there].append((choice, -rank))
            else:
                steps[choice].append((there, rank))


def _may_have_more(event: wishes.SeasonEvent, count: int) -> bool:
    """Return whether the cap allows a school one more; another step says if a place is free."""
    return event.at_most is None or count < event.at_most


def _event_steps(steps: exchanges.Steps, season: wishes.Season, plan: wishes.Plan) -> None:
    held = plan.held(season)
    wished = {(pupil.school, slug) for pupil in season.pupils for slug in pupil.wishes}
    for school, slug in sorted(wished - set(held)):
        if _may_have_more(season.event_of[slug], 0):
            steps["at", school, slug].append((("event", slug), 0))
    for event in season.events:
        taken = plan.taken.get(event.slug, 0)
        if taken < event.places:
            steps["event", event.slug].append((("sink",), 0))
        if taken:
            steps[("sink",)].append((("event", event.slug), 0))
