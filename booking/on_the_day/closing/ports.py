"""What higher features add to the end of a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from booking.days.events.models import Event
from booking.domain.permissions import Actor
from booking.foundation.ports import Port


@dataclass(frozen=True)
class Blocker:
    """Something that keeps a day open: a sentence, and the page where it is put right."""

    words: str
    url: str
    #: What the link says: "See the incident".
    label: str


@Port
def blockers(event: Event, *, now: datetime) -> Sequence[Blocker] | None:
    """Return what has to be settled before the day of an event is closed.

    It is also asked under the event's lock, so it reads and locks nothing.
    """


@dataclass(frozen=True)
class AfterStep:
    """Something else to do after a day, which keeps nothing open."""

    title: str
    words: str
    url: str
    label: str
    is_done: bool = False


@Port
def after_the_day(event: Event, *, actor: Actor, now: datetime) -> Sequence[AfterStep] | None:
    """Return what else this person can do after an event."""
