"""What ideas and their stages are called on pages and in mails."""

from booking.days.events import states as event_states
from booking.days.ideas.details import Support
from booking.days.ideas.models import Idea, IdeaKind, IdeaState
from booking.domain import english, year_groups

KIND_NAMES = {
    IdeaKind.OFFERED: "We could host this",
    IdeaKind.WANTED: "We would like this",
}
KIND_HINTS = {
    IdeaKind.OFFERED: "Your school has the people or the place, and asks who would come.",
    IdeaKind.WANTED: "Your pupils would like it. Perhaps another school can host it.",
}


def years(idea: Idea) -> str:
    """Return "Years 5 to 6"."""
    return year_groups.range_name(idea.low_year, idea.high_year)


def whose(idea: Idea) -> str:
    """Return whose idea it is."""
    return idea.school.name if idea.school is not None else "The network lead"


def supported(support: Support) -> str:
    """Return who seconds it, in a few words."""
    if not support.schools:
        return "Not seconded yet"
    return (
        f"Seconded by {english.plural(support.schools, 'school')}, about "
        f"{english.plural(support.pupils, 'pupil')}"
    )


def status(idea: Idea) -> tuple[str, str]:
    """Return what has become of an idea, and a tone."""
    if idea.event is not None:
        if idea.event.state in event_states.PUBLIC:
            return "It has become an event", "good"
        return "Taken up", "good"
    if idea.state is IdeaState.OPEN:
        return KIND_NAMES[idea.kind], "info"
    return ("Not this time" if idea.state is IdeaState.DECLINED else "Closed"), "neutral"
