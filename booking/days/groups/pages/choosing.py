"""What a family, and the school on its behalf, sees of the workshops."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from booking.days.events import states as event_states
from booking.days.groups.details import HALVES
from booking.days.groups.models import Workshop, WorkshopChoice
from booking.days.groups.queries import workshops
from booking.days.groups.words import HALF_WORDS, TIME_WORDS
from booking.days.places.models import Booking
from booking.domain import terms
from booking.domain.workshops.choices import WISHES_MAX, Half


@dataclass(frozen=True)
class FamilyChoice:
    """The workshops of an event as one pupil's family sees them."""

    choice: WorkshopChoice
    offered: Sequence[Workshop]
    #: What the pupil would like, and where the pupil is, in words: ("First part", "1. Robots").
    wished: Sequence[tuple[str, str]]
    seated: Sequence[tuple[str, str]]
    is_open: bool

    @property
    def closes_words(self) -> str:
        """Until when workshops can be chosen."""
        return terms.deadline_text(self.choice.closes_at)

    @property
    def is_shared(self) -> bool:
        """Whether pupils have been given workshops."""
        return self.choice.shared_at is not None

    @property
    def halves(self) -> list[tuple[Half, str, list[Workshop]]]:
        """The parts of the day with what can be chosen for each; a whole day counts as first."""
        return [
            (half, HALF_WORDS[half], found)
            for half in Half
            if (found := [w for w in self.offered if HALVES[w.time][0] is half])
        ]

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What there is to choose from: the title, then what it is and when."""
        return [
            (each.title, ". ".join(filter(None, (each.line.rstrip("."), TIME_WORDS[each.time]))))
            for each in self.offered
        ]

    @property
    def fields(self) -> list[tuple[str, list[str]]]:
        """The parts of the day, with the names of the fields for their wishes."""
        ranks = range(1, WISHES_MAX + 1)
        return [(said, [wish_field(half, rank) for rank in ranks]) for half, said, _ in self.halves]


def wish_field(half: Half, rank: int) -> str:
    """Return the name of the field with one wish."""
    return f"{'first' if half is Half.FIRST else 'second'}_{rank}"


def family_choice(booking: Booking, now: datetime) -> FamilyChoice | None:
    """Return what a family sees; None while there is nothing to choose at the event."""
    row = workshops.choice(booking.event_id)
    if row is None:
        return None
    offered = workshops.workshops(booking.event_id)
    named = {workshop.id: workshop for workshop in offered}
    wishes = workshops.wishes_of(booking.id)
    spots = workshops.spots_of(booking.id)
    wished = [
        (
            HALF_WORDS[half],
            ", ".join(f"{w.rank}. {named[w.workshop_id].title}" for w in wishes if w.half == half),
        )
        for half in Half
        if any(w.half == half for w in wishes)
    ]
    seated = [(HALF_WORDS[Half(s.half)], _where(named[s.workshop_id])) for s in spots]
    is_open = row.shared_at is None and now < row.closes_at
    return FamilyChoice(
        row, offered, wished, seated, is_open and event_states.is_live(booking.event, now)
    )


def _where(workshop: Workshop) -> str:
    return f"{workshop.title}, {workshop.room}" if workshop.room else workshop.title
