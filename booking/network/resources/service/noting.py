"""Notes of those who tried a resource: written, changed, taken back; hidden by the lead."""

from datetime import datetime

from booking.domain import resourcing
from booking.domain.permissions import Actor
from booking.domain.reasons import ReasonMissing
from booking.domain.resourcing import WORD_MAX
from booking.foundation.db import db
from booking.network.resources import locks, queries
from booking.network.resources.details import NoteDetails
from booking.network.resources.models import Resource, TriedNote
from booking.network.resources.refusals import NoteHidden, OwnResource, ResourceRefused
from booking.network.resources.service import mail
from booking.network.resources.service.sharing import may_speak, record, standing


def write_note(
    *,
    actor: Actor,
    now: datetime,
    resource: Resource,
    school_id: int | None,
    details: NoteDetails,
) -> TriedNote:
    """Say how it went with a resource that somebody else shared.

    Raises ResourceRefused, ResourceWithdrawn, OwnResource, NotTheirSchool.
    """
    _check(details)
    resource = standing(resource)
    if actor.person_id is not None and actor.person_id == resource.author_id:
        raise OwnResource("You shared this yourself. To say how it went, change its words.")
    may_speak(actor, school_id)
    note = TriedNote(
        resource_id=resource.id,
        author_id=actor.person_id,
        school_id=school_id,
        institution=queries.institution_of(actor.person_id) if school_id is None else "",
        written_at=now,
        worked=details.worked.strip(),
        did_not=details.did_not.strip(),
        year=details.year,
    )
    db.session.add(note)
    record(actor=actor, action="write_note", resource=resource, now=now)
    return note


def change_note(*, actor: Actor, now: datetime, note: TriedNote, details: NoteDetails) -> None:
    """Change what one said. Raises ResourceRefused, NoteHidden."""
    _check(details)
    note = locks.note(note.id)
    if note.hidden_at is not None:
        raise NoteHidden("This note is hidden. Take it back, and write another if you like.")
    note.worked, note.did_not = details.worked.strip(), details.did_not.strip()
    note.year, note.changed_at = details.year, now
    record(actor=actor, action="change_note", resource=note.resource, now=now)


def take_note_back(*, actor: Actor, now: datetime, note: TriedNote) -> None:
    """Delete what one said: the trail keeps that something was said, not what."""
    note = locks.note(note.id)
    record(actor=actor, action="take_note_back", resource=note.resource, now=now)
    db.session.delete(note)


def hide_note(*, actor: Actor, now: datetime, note: TriedNote, reason: str) -> None:
    """Hide a note, and tell its author why. Raises ReasonMissing, NoteHidden."""
    reason = reason.strip()
    if not reason:
        raise ReasonMissing("Say why. Whoever wrote the note will read this.")
    if len(reason) > WORD_MAX:
        raise ReasonMissing(f"Shorten the reason to {WORD_MAX} characters.")
    note = locks.note(note.id)
    if note.hidden_at is not None:
        raise NoteHidden("This note is hidden already.")
    note.hidden_at, note.hidden_reason = now, reason
    record(actor=actor, action="hide_note", resource=note.resource, now=now)
    mail.tell_of_hiding(note, actor=actor, now=now)


def show_note(*, actor: Actor, now: datetime, note: TriedNote) -> None:
    """Show a note again that was hidden; showing it twice changes nothing."""
    note = locks.note(note.id)
    if note.hidden_at is not None:
        note.hidden_at, note.hidden_reason = None, ""
        record(actor=actor, action="show_note", resource=note.resource, now=now)


def _check(details: NoteDetails) -> None:
    found = tuple(
        resourcing.note_problems(worked=details.worked, did_not=details.did_not, year=details.year)
    )
    if found:
        raise ResourceRefused(found)
