"""Meetings of the network, called and answered by the services."""

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.network.meetings import service as meetings
from booking.network.meetings.details import MeetingDetails, details_of
from booking.network.meetings.models import Answer, Meeting, MeetingKind
from booking.people.schools.models import Person, School
from tests.builders import events, schools
from tests.builders.rewritten import rewritten

COORDINATORS = frozenset({Role.COORDINATOR})


def details(*, host: School | None = None, days: int = 30, **changes: Any) -> MeetingDetails:
    """Return a coordinators' meeting from 4pm to 5:30pm, some 30 days on, in the Town Hall."""
    starts_at = events.on_weekday(clock.now(), days=days, at=time(16))
    facts: dict[str, Any] = {
        "kind": MeetingKind.COORDINATORS,
        "title": "Spring meeting",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=90),
        "host_school_id": host.id if host else None,
        "venue": "" if host else "Town Hall, Netherwick",
        "notes": "1. Dates of next year\n2. Any other business",
        "roles": COORDINATORS,
        **changes,
    }
    return MeetingDetails(**facts)


@rewritten
def make_meeting(*, ago: timedelta = timedelta(), **changes: Any) -> Meeting:
    """Call a meeting now, or some time ago."""
    with clock.pretending(clock.now() - ago), transaction():
        return meetings.call(actor=COMMAND, now=clock.now(), details=details(**changes))


def change(meeting: Meeting, **changes: Any) -> tuple[str, ...]:
    """Change some fields of a meeting."""
    wanted = replace(details_of(meeting), **changes)
    with transaction():
        return meetings.change(actor=COMMAND, now=clock.now(), meeting=meeting, details=wanted)


def cancel(meeting: Meeting, reason: str = "The hall is flooded.") -> None:
    """Cancel a meeting."""
    with transaction():
        meetings.cancel(actor=COMMAND, now=clock.now(), meeting=meeting, reason=reason)


def answer(meeting: Meeting, person: Person, said: Answer = Answer.COMING) -> None:
    """Answer as a person."""
    with transaction():
        found = db.session.get_one(Meeting, meeting.id)
        meetings.answer(actor=schools.actor_of(person), now=clock.now(), meeting=found, answer=said)


@rewritten
def make_coordinator(school: School | None = None) -> Person:
    """Add a coordinator, at a new school unless one is given."""
    return schools.make_person(role=Role.COORDINATOR, school=school or schools.make_school())
