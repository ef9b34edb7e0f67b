"""What the pages of ideas show, ready for the templates."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from booking.days.events import states as event_states
from booking.days.ideas import words
from booking.days.ideas.details import Support
from booking.days.ideas.models import Idea, IdeaSecond
from booking.domain import terms


@dataclass(frozen=True)
class IdeaRow:
    """One line of the list."""

    idea: Idea
    status: tuple[str, str]
    years: str
    whose: str
    supported: str


def rows(ideas: Sequence[Idea], support: Mapping[int, Support]) -> list[IdeaRow]:
    """Return the lines of a list of ideas."""
    return [
        IdeaRow(
            idea,
            words.status(idea),
            words.years(idea),
            words.whose(idea),
            words.supported(support[idea.id]),
        )
        for idea in ideas
    ]


@dataclass(frozen=True)
class SecondRow:
    """One school that would come."""

    school_id: int
    school: str
    pupils: int
    note: str
    #: Whether the reader speaks for that school.
    is_own: bool


def second_rows(seconds: Sequence[IdeaSecond], own: Collection[int]) -> list[SecondRow]:
    """Return the schools that would come."""
    return [
        SecondRow(row.school_id, row.school.name, row.pupils, row.note, row.school_id in own)
        for row in seconds
    ]


def steps(idea: Idea) -> list[str]:
    """Return what happened to an idea, in sentences, in order."""
    by = f", {idea.proposed_by.name}" if idea.proposed_by is not None else ""
    found = [f"Proposed on {_day(idea.proposed_at)} by {words.whose(idea)}{by}."]
    if idea.taken_up_at is not None:
        who = idea.taken_up_by.name if idea.taken_up_by is not None else "somebody"
        gone = "" if idea.event_id is not None else " The draft was deleted, so it is open again."
        found.append(f"Taken up on {_day(idea.taken_up_at)} by {who}.{gone}")
    if idea.event is not None and idea.event.published_at is not None:
        found.append(f"Published as an event on {_day(idea.event.published_at)}.")
    if idea.closed_at is not None:
        found.append(f"Closed on {_day(idea.closed_at)}: “{idea.closed_word}”")
    return found


def is_published(idea: Idea) -> bool:
    """Return whether everybody may see the event made from an idea."""
    return idea.event is not None and idea.event.state in event_states.PUBLIC


def _day(at: datetime) -> str:
    return terms.day_text(terms.london(at).date())
