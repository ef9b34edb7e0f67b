"""A season plan in words: its rule and its state."""

from booking.days.events.models import Event
from booking.days.seasons.details import PlanMark
from booking.days.seasons.models import PlanState, SeasonPlan, Weighting
from booking.domain import english, terms

STATES = {
    PlanState.OPEN: ("Open for choices", "info"),
    PlanState.ACCEPTED: ("Accepted", "good"),
    PlanState.WITHDRAWN: ("Withdrawn", "neutral"),
}
WEIGHTINGS = {
    Weighting.EQUAL: "Every school counts the same",
    Weighting.BY_ROLL: "By pupils in the years of these events",
}
WEIGHTING_HINTS = {
    Weighting.EQUAL: "One place to each school, then a second, and so on.",
    Weighting.BY_ROLL: "A school with twice as many pupils gets twice as many places.",
}
RULE_NAME = "Season plan"


def rule(plan: SeasonPlan) -> tuple[str, ...]:
    """Return the rule of a plan, most important first."""
    level = {
        Weighting.EQUAL: (
            "Schools are levelled: the school that has received the fewest places this school "
            "year, in this plan or before, comes next."
        ),
        Weighting.BY_ROLL: (
            "Schools are levelled: the school that has received the fewest places this school "
            "year for its number of pupils, in this plan or before, comes next."
        ),
    }[plan.weighting]
    return (
        "As many places as possible are used.",
        level,
        "Within a school, as few pupils as possible go to a second event, then to a third.",
        "First choices count last: they never move a place from one school to another.",
        "No pupil goes to two events at once, to more events than the school says, or to one for "
        "other years; and no school has more places at an event than the event’s limit.",
        "If schools are level, a lottery decides, drawn from a seed that was sealed before any "
        "choice was read.",
    )


def event_rule(mark: PlanMark, event: Event) -> tuple[str, ...]:
    """Return how the places of one event of a plan are, or were, shared."""
    by = terms.in_sentence(mark.wishes_close_at)
    if mark.state is PlanState.OPEN:
        opening = (
            f"These places are shared together with those of other events, in “{mark.name}”. "
            f"Schools say by {by} which of their pupils could go to which events; then all the "
            "places are shared out together. It makes no difference who is first."
        )
    else:
        opening = (
            f"These places were shared together with those of other events, in “{mark.name}”, "
            "according to which pupils could go to which events."
        )
    return (
        opening,
        "Over all the events, schools that have received the fewest places this school year come "
        "first.",
        *_kept(event),
        "This replaces the rule that the event was first published with.",
        "A place that is given back goes first to the same school’s next reserve, then to the "
        "next school in the order of the plan.",
    )


def _kept(event: Event) -> tuple[str, ...]:
    """Return what applies at one event besides the plan's rule."""
    kept, cap = event.host_places, event.cap_per_school
    said = []
    if kept:
        said.append(
            f"The host, {event.host_school.name}, keeps {english.plural(kept, 'place')} for its "
            "own pupils before the others are shared."
        )
    if cap is not None:
        besides = ", not counting those that the host keeps" if kept else ""
        said.append(f"No school gets more than {english.plural(cap, 'place')} here{besides}.")
    return tuple(said)
