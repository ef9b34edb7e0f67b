"""Records of copies of everything held: who took one, of whom, as what. Never what was in it."""

from datetime import datetime

from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.rights.subjects.details import DataSubject


def note_asked(*, actor: Actor, now: datetime, person: DataSubject) -> None:
    """Record that somebody asked for everything held about a person, and may fetch it now."""
    audit.record(
        actor=actor,
        action="ask_for_everything",
        subject=person.row,
        school_id=person.school_id,
        now=now,
    )


def note_copy(*, actor: Actor, now: datetime, person: DataSubject, file_format: str) -> None:
    """Record that somebody took a copy of everything held about a person."""
    audit.record(
        actor=actor,
        action="copy_everything",
        subject=person.row,
        school_id=person.school_id,
        now=now,
        format=file_format,
    )
