"""Ideas for events, for tests, proposed and seconded as schools would."""

from datetime import timedelta
from typing import Any

from booking.days.ideas import service as ideas
from booking.days.ideas.details import IdeaDetails
from booking.days.ideas.models import Idea, IdeaKind
from booking.domain.permissions import COMMAND, Actor
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.people.schools.models import School
from tests.builders.rewritten import rewritten


def details(**changes: Any) -> IdeaDetails:
    """Return what a school would like: chemistry for Year 4."""
    facts: dict[str, Any] = {
        "kind": IdeaKind.WANTED,
        "title": "Chemistry for Year 4",
        "low_year": 4,
        "high_year": 4,
        "details": "Real glassware, and nothing that burns.",
        "roughly_when": "A morning in June",
    }
    return IdeaDetails(**facts | changes)


@rewritten
def make_idea(
    *,
    school: School | None = None,
    actor: Actor = COMMAND,
    ago: timedelta = timedelta(),
    **changes: Any,
) -> Idea:
    """Return an idea of a school, or of the network lead, proposed now or some time ago."""
    with transaction():
        return ideas.propose(
            actor=actor,
            now=clock.now() - ago,
            school_id=school.id if school is not None else None,
            details=details(**changes),
        )


@rewritten
def second(
    idea: Idea, school: School, *, actor: Actor = COMMAND, pupils: int = 6, note: str = ""
) -> None:
    """Let a school second an idea."""
    with transaction():
        ideas.second(
            actor=actor,
            now=clock.now(),
            idea=idea,
            school_id=school.id,
            pupils=pupils,
            note=note,
        )
