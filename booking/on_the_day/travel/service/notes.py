"""What the host of an event tells schools for their visit."""

from datetime import datetime

from booking.days.events.models import Event
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.on_the_day.travel import locks
from booking.on_the_day.travel.details import LINE_MAX, TEXT_MAX, NotesDetails
from booking.on_the_day.travel.models import VisitNotes
from booking.on_the_day.travel.refusals import TravelRefused
from booking.on_the_day.travel.service import checks


def save_notes(*, actor: Actor, now: datetime, event: Event, details: NotesDetails) -> VisitNotes:
    """Say it once for every school that comes. Raises TravelRefused."""
    texts = ("first_aid", "drop_off", "meeting_point", "risks")
    lines = {"safeguarding_name": details.safeguarding_name}
    wrong = [
        *checks.too_long(lines, LINE_MAX),
        *checks.too_long({name: getattr(details, name) for name in texts}, TEXT_MAX),
    ]
    if wrong:
        raise TravelRefused(wrong)
    number = checks.phone(details.safeguarding_phone, "safeguarding_phone")
    notes = locks.notes_of(event.id)
    for name in (*texts, *lines):
        setattr(notes, name, getattr(details, name))
    notes.safeguarding_phone = number
    audit.record(
        actor=actor,
        action="write_visit_notes",
        subject=notes,
        school_id=event.host_school_id,
        now=now,
        event_id=event.id,
    )
    return notes
