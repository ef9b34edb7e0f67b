"""The sheet on which visitors sign in: every adult who is expected from outside, and blank lines.

Whether checks are confirmed is yes or no; a certificate's number is kept nowhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from booking.days.events.models import Event, EventDate
from booking.days.leading import queries as leading_queries
from booking.days.leading import words as leading_words
from booking.days.leading.models import LeaderKind, Leading
from booking.days.places import queries as place_queries
from booking.on_the_day.rosters import queries as roster_queries
from booking.on_the_day.rosters import windows

YES, NO, BY_SCHOOL = "Yes", "No: never alone with pupils", "By their school"


@dataclass(frozen=True)
class VisitorLine:
    """One visitor who is expected."""

    name: str
    comes_from: str
    #: Whether somebody has confirmed the checks on them.
    checks: str


@dataclass(frozen=True)
class SignInSheet:
    """The sheet for one date."""

    event: Event
    day: EventDate
    made_at: datetime
    lines: Sequence[VisitorLine]

    @property
    def days(self) -> windows.Days:
        """The first and last day, and the windows around them."""
        return windows.days_of(self.event)


def sign_in_sheet(event: Event, day: EventDate, *, now: datetime) -> SignInSheet:
    """Return who has to sign in on a date: who leads, then who comes with which school."""
    schools = {booking.school_id: booking.school for booking in place_queries.expected(event.id)}
    adults = [
        VisitorLine(adult.name, schools[adult.school_id].name, BY_SCHOOL)
        for adult in roster_queries.adults(event.id)
        if adult.school_id in schools and adult.school_id != event.host_school_id
    ]
    adults.sort(key=lambda line: (line.comes_from, line.name))
    return SignInSheet(event, day, now, [*_leaders(event), *adults])


def _leaders(event: Event) -> list[VisitorLine]:
    """Return who leads and is no teacher of the host's own."""
    found = leading_queries.of_event(event.id)
    if found is None or found.kind is LeaderKind.TEACHER:
        return []
    if found.kind is LeaderKind.PROVIDER:
        return [VisitorLine("", found.organisation, YES if found.checked_at else NO)]
    return [] if found.school_id == event.host_school_id else [_with_older_pupils(found)]


def _with_older_pupils(found: Leading) -> VisitorLine:
    """Return the teacher who is in charge of the pupils who lead; pupils' names are not on it."""
    assert found.school is not None, "older pupils have a school"
    many = leading_words.how_many(found) or found.called or leading_words.OLDER_PUPILS
    return VisitorLine(f"{found.teacher}, with {many} who lead", found.school.name, BY_SCHOOL)
