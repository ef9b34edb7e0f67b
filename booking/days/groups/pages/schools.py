"""What a school sees of its own pupils' workshops."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from booking.days.events import states as event_states
from booking.days.events.models import Event
from booking.days.groups.models import WorkshopChoice
from booking.days.groups.queries import workshops
from booking.days.places import queries as place_queries
from booking.days.places.models import Booking
from booking.domain import terms
from booking.people.schools.models import School


@dataclass(frozen=True)
class WorkshopGuest:
    """One of the school's pupils."""

    booking: Booking
    has_chosen: bool
    #: Where the pupil is, once shared out.
    where: str
    #: Moved since families were told.
    is_moved: bool


@dataclass(frozen=True)
class SchoolWorkshops:
    """A school's pupils and their workshops."""

    choice: WorkshopChoice
    pupils: Sequence[WorkshopGuest]
    is_open: bool

    @property
    def is_shared(self) -> bool:
        """Whether pupils have been given workshops."""
        return self.choice.shared_at is not None

    @property
    def moved(self) -> int:
        """How many pupils were moved since families were told."""
        return sum(pupil.is_moved for pupil in self.pupils)

    @property
    def closes_words(self) -> str:
        """Until when workshops can be chosen."""
        return terms.deadline_text(self.choice.closes_at)


def of_school(event: Event, school: School, now: datetime) -> SchoolWorkshops | None:
    """Return a school's pupils with their workshops; None if there is nothing to say."""
    row = workshops.choice(event.id)
    own = [b for b in place_queries.expected(event.id) if b.school_id == school.id] if row else []
    if row is None or not own:
        return None
    wishes, where = workshops.wishes_of_event(event.id), workshops.titles_by_booking(event.id)
    moved = {spot.booking_id for spot in workshops.spots(event.id) if spot.moved_at}
    is_open = row.shared_at is None and now < row.closes_at and event_states.is_live(event, now)
    pupils = [WorkshopGuest(b, b.id in wishes, where.get(b.id, ""), b.id in moved) for b in own]
    return SchoolWorkshops(row, pupils, is_open)
