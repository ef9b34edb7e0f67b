"""What a school says about one pupil in a plan."""

from dataclasses import dataclass

from booking.people.pupils.models import Pupil


@dataclass(frozen=True)
class Answer:
    """What is wished for one pupil: events by slug, perhaps one before all others."""

    pupil: Pupil
    events: tuple[str, ...]
    first: str = ""
    #: The most events for this pupil; None: as the school says for all.
    at_most: int | None = None
