"""Who leads an event, for tests, written down as a host and a school would."""

from typing import Any

from booking.days.events.models import Event
from booking.days.leading import service as leading
from booking.days.leading.details import LeadingDetails
from booking.days.leading.models import LeaderKind, Leading
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.people.schools.models import School


def lead(event: Event, kind: LeaderKind, **details: Any) -> Leading:
    """Return the record of who leads an event."""
    written = LeadingDetails(kind=kind, **details)
    with transaction():
        return leading.keep(actor=COMMAND, now=clock.now(), event=event, details=written)


def lead_with_pupils(event: Event, school: School, *names: str) -> Leading:
    """Return the record of an event that a school's sixth-formers lead, which it agreed to."""
    lead(
        event,
        LeaderKind.OLDER_PUPILS,
        teacher="Ms Young",
        school_id=school.id,
        called="sixth-formers",
    )
    with transaction():
        return leading.agree(
            actor=COMMAND, now=clock.now(), event=event, school=school, names=names
        )
