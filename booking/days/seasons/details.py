"""What a school says about one pupil in a plan, and what an event's pages say about its plan."""

from dataclasses import dataclass
from datetime import datetime

from booking.days.seasons.models import PlanState
from booking.people.pupils.models import Pupil


@dataclass(frozen=True)
class PupilWishes:
    """The wishes for one pupil: events by slug, perhaps one before all others."""

    pupil: Pupil
    events: tuple[str, ...]
    first: str = ""
    #: The most events for this pupil; None means as the school says for all.
    at_most: int | None = None


@dataclass(frozen=True)
class PlanMark:
    """What an event's public pages say about its plan."""

    slug: str
    name: str
    state: PlanState
    wishes_close_at: datetime
