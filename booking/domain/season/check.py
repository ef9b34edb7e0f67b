"""The second opinion: whether a plan is what its season called for, worked out another way.

Run it before a plan is saved or shown. It builds no network and packs no costs as `network` does:
it searches the plan itself for a place that could still be given, and for any exchange of places,
however long, that would be fairer. A plan with neither is the fairest there is (M. Klein, "A primal
method for minimal cost flows", Management Science 14, 1967).
"""

from collections.abc import Mapping

from booking.domain.allocation import check
from booking.domain.season import clashes, exchanges, steps, wishes


class NotWished(check.Breach):
    """A pupil is given an event that they did not wish for, or the same one twice."""


class WrongYear(check.Breach):
    """A pupil is given an event that is for other years."""


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
    left = steps.left(season, plan)
    if exchanges.leads(left, ("source",), ("sink",)):
        raise PlaceKeptBack("One more place could have been given.")
    if exchanges.gains(left):
        raise Unfair("Places could be exchanged in favour of schools or pupils with fewer.")


def _check_pupils(
    season: wishes.Season, plan: wishes.Plan, clashing: Mapping[str, frozenset[str]]
) -> None:
    if len(set(plan.given)) < len(plan.given):
        raise NotWished("A pupil was given a place at the same event twice.")
    for reference, events in plan.events_of.items():
        pupil = season.pupil_of.get(reference)
        if pupil is None or not events <= set(pupil.wishes):
            raise NotWished(f"{reference} was given an event that they did not wish for.")
        if not all(season.event_of[event].is_for(pupil.year) for event in events):
            raise WrongYear(f"{reference} was given an event that is for other years.")
        if len(events) > pupil.at_most:
            raise TooManyEvents(f"{reference} was given more than {pupil.at_most} events.")
        if any(clashing[event] & events for event in events):
            raise TwoAtOnce(f"{reference} was given two events that overlap.")


def _check_places(season: wishes.Season, plan: wishes.Plan) -> None:
    for slug, count in plan.taken.items():
        if count > season.event_of[slug].places:
            raise check.TooManyPlaces(f"{count} places were given at {slug}, which has fewer.")
    for (school, slug), count in plan.held(season).items():
        if count > season.event_of[slug].for_one_school:
            raise check.TooManyPlaces(
                f"{school} was given {count} places at {slug}, above the cap."
            )
