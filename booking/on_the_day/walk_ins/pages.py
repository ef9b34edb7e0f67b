"""What the page at the door shows: who came besides the list, and what nobody knows of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from booking.days.events.models import Event, EventDate
from booking.days.places import queries as place_queries
from booking.days.places.models import Booking
from booking.domain import year_groups
from booking.on_the_day.rosters import queries as roster_queries
from booking.on_the_day.rosters import windows
from booking.on_the_day.walk_ins import queries
from booking.on_the_day.walk_ins.models import WalkIn, WalkInOutcome
from booking.people.schools.models import School

NOT_KNOWN = "Nobody has told us of allergies: ring the school"


@dataclass(frozen=True)
class WalkInLine:
    """One walk-in as the day's staff see it."""

    walk_in: WalkIn
    #: Whether the pupil whose place it is has come after all.
    both_here: bool

    @property
    def phone(self) -> str:
        """Return the number of the home school for the day."""
        return self.walk_in.school.emergency_phone or self.walk_in.school.office_phone

    @property
    def said(self) -> str:
        """Return what the home school said."""
        match self.walk_in.outcome:
            case WalkInOutcome.OURS if self.walk_in.pupil:
                year = year_groups.name(self.walk_in.pupil.year_group)
                return f"Their school says who it is: {self.walk_in.pupil.name}, {year}."
            case WalkInOutcome.NOT_OURS:
                return "Their school says that this is none of its pupils. Ring it now."
            case _:
                return "Their school has been told and has not answered yet."

    @property
    def is_nobodys(self) -> bool:
        """Return whether the school does not know the pupil."""
        return self.walk_in.outcome is WalkInOutcome.NOT_OURS

    @property
    def place(self) -> str:
        """Return in whose place the pupil came."""
        if self.walk_in.instead_of is not None:
            after = "; both are here, so one is over the places" if self.both_here else ""
            return f"Instead of {self.walk_in.instead_of.pupil.name}{after}."
        if self.walk_in.place_id is not None:
            return "In a place of the school that had no pupil."
        return f"Over the school’s places: {self.walk_in.reason}"


@dataclass(frozen=True)
class DoorPage:
    """The door on one date."""

    event: Event
    day: EventDate
    is_open: bool
    closed_words: str
    schools: Sequence[School]
    #: Who is expected and has not come.
    missing: Sequence[Booking]
    lines: Sequence[WalkInLine]


def door(event: Event, day: EventDate, now: datetime) -> DoorPage:
    """Return what the page at the door shows."""
    marks = roster_queries.marks(day.id)
    here = {booking_id for booking_id, mark in marks.items() if mark.present}
    filled = queries.filled(day.id)
    return DoorPage(
        event=event,
        day=day,
        is_open=windows.register_is_open(day, now),
        closed_words=windows.register_closed_words(day, now),
        schools=queries.schools(event.id),
        missing=[
            booking
            for booking in place_queries.expected(event.id)
            if booking.id not in here and booking.place_id not in filled
        ],
        lines=[WalkInLine(one, one.instead_of_id in here) for one in queries.of_date(day.id)],
    )
