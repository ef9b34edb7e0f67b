"""The second opinion: whether a plan is what its season called for, found another way.

Run it before a plan is saved or shown. It lays no network and packs no costs as `network` does: it
looks at the plan itself for a place that could still be given, and for any exchange of places,
however long, that would be fairer. A plan that has neither is the fairest there is (M. Klein, "A
primal method for minimal cost flows", Management Science 14, 1967).
"""

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction

from booking.domain.allocation import check, draw
from booking.domain.season import clashes, exchanges, wishes

#: Sums of one digit stay far below this, so digits never run into one another.
_DIGIT = 2**64


class NotWished(check.Breach):
    """A pupil is given an event that is none of the wishes, or the same one twice."""


class TooManyEvents(check.Breach):
    """A pupil is given more events than asked for."""


class TwoAtOnce(check.Breach):
    """A pupil is given two events that overlap."""


class PlaceKeptBack(check.Breach):
    """One more place could have been given."""


class Unfair(check.Breach):
    """An exchange of places would be fairer."""


def assert_valid(season: wishes.Season, plan: wishes.Plan) -> None:
    """Raise a Breach unless no plan of the season is fairer than this one."""
    clashing = clashes.clashes(season.events)
    _check_pupils(season, plan, clashing)
    _check_places(season, plan)
    left = _left(season, plan, clashing)
    if exchanges.leads(left, ("source",), ("sink",)):
        raise PlaceKeptBack("One more place could have been given.")
    if exchanges.gains(left):
        raise Unfair("Places could be exchanged to the good of schools or pupils with fewer.")


def _check_pupils(
    season: wishes.Season, plan: wishes.Plan, clashing: Mapping[str, frozenset[str]]
) -> None:
    if len(set(plan.given)) < len(plan.given):
        raise NotWished("A pupil was given a place at the same event twice.")
    for reference, events in plan.events_of.items():
        pupil = season.pupil_of.get(reference)
        if pupil is None or not events <= set(pupil.wishes):
            raise NotWished(f"{reference} was given an event that is not among the wishes.")
        if len(events) > pupil.at_most:
            raise TooManyEvents(f"{reference} was given more than {pupil.at_most} events.")
        if any(clashing[event] & events for event in events):
            raise TwoAtOnce(f"{reference} was given two events that overlap.")


def _check_places(season: wishes.Season, plan: wishes.Plan) -> None:
    for slug, count in plan.taken.items():
        if count > season.event_of[slug].places:
            raise check.TooMany(f"{count} places were given at {slug}, which has fewer.")
    for (school, slug), count in plan.held(season).items():
        if count > season.event_of[slug].for_one_school:
            raise check.TooMany(f"{school} was given {count} places at {slug}, above the cap.")


def _left(
    season: wishes.Season, plan: wishes.Plan, clashing: Mapping[str, frozenset[str]]
) -> exchanges.Steps:
    """Return every step that could be taken from the plan: one more here, one fewer there."""
    steps: exchanges.Steps = defaultdict(list)
    for node, (gains, gives_up) in _turns(season, plan.totals(season)).items():
        steps[("source",)].append((node, gains * _DIGIT**2))
        if gives_up is not None:
            steps[node].append((("source",), -gives_up * _DIGIT**2))
    for pupil in season.pupils:
        _pupil_steps(steps, pupil, plan.events_of.get(pupil.reference, frozenset()), clashing)
    for (school, slug), count in plan.held(season).items():
        steps["event", slug].append((("at", school, slug), 0))
        if count < season.event_of[slug].for_one_school:
            steps["at", school, slug].append((("event", slug), 0))
    _event_steps(steps, season, plan)
    return steps


def _turns(
    season: wishes.Season, totals: Mapping[str, int]
) -> dict[exchanges.Node, tuple[int, int | None]]:
    """Return where each school's next turn, and the last that it had, stand among these."""

    def turn(school: wishes.School, nth: int) -> tuple[Fraction, int, str, str]:
        ticket = draw.ticket(season.seed, season.name, school.slug)
        level = Fraction(school.received + nth, school.weight)
        return (level, school.received, ticket, school.slug)

    both = [
        (turn(school, nth), school.slug, nth)
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
    pupil: wishes.Pupil,
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
            there, rank = ("at", pupil.school, event), pupil.wishes.index(event)
            if event in given:
                steps[there].append((choice, -rank))
            else:
                steps[choice].append((there, rank))


def _event_steps(steps: exchanges.Steps, season: wishes.Season, plan: wishes.Plan) -> None:
    held = plan.held(season)
    wished = {(pupil.school, slug) for pupil in season.pupils for slug in pupil.wishes}
    for school, slug in sorted(wished - set(held)):
        if season.event_of[slug].for_one_school:
            steps["at", school, slug].append((("event", slug), 0))
    for event in season.events:
        taken = plan.taken.get(event.slug, 0)
        if taken < event.places:
            steps["event", event.slug].append((("sink",), 0))
        if taken:
            steps[("sink",)].append((("event", event.slug), 0))
