"""Ask the lead to publish a draft, withdraw that, and give a draft back to its host."""

from datetime import datetime

from booking.days.events import locks as event_locks
from booking.days.events import service as events
from booking.days.events.models import Event, EventState
from booking.days.looks import mail, queries
from booking.days.looks.models import LeadLook
from booking.days.looks.refusals import NoLookNeeded, NotWithLead
from booking.domain.permissions import Actor
from booking.domain.problems import Problem
from booking.domain.reasons import ReasonMissing
from booking.foundation.audit import service as audit
from booking.foundation.db import db

NOTE_MAX = 500


def ask(*, actor: Actor, now: datetime, event: Event, note: str = "") -> LeadLook:
    """Ask the lead to publish a draft that is ready; asking again changes nothing.

    Raises NotADraft, NoLookNeeded, EventRefused.
    """
    event = _draft(event)
    if not queries.is_needed(actor):
        raise NoLookNeeded("You can publish this event yourself.")
    _refuse_unready(actor, now, event, note)
    look = queries.of_event(event.id)
    if look is not None and look.is_waiting:
        return look
    if look is None:
        look = LeadLook(event_id=event.id)
        db.session.add(look)
    look.asked_by_id, look.asked_at, look.note = actor.person_id, now, note
    look.returned_at, look.returned_by_id, look.returned_note = None, None, ""
    _record("ask_to_publish", actor, event, now)
    mail.tell_leads(event, look, now=now)
    return look


def withdraw(*, actor: Actor, now: datetime, event: Event) -> None:
    """No longer ask the lead to publish a draft. Raises NotADraft, NotWithLead."""
    event = _draft(event)
    look = _waiting(event)
    db.session.delete(look)
    _record("withdraw_asking", actor, event, now)


def give_back(*, actor: Actor, now: datetime, event: Event, note: str) -> LeadLook:
    """Give a draft back to its host with a note. Raises NotADraft, NotWithLead, ReasonMissing."""
    event = _draft(event)
    look = _waiting(event)
    if not note.strip():
        raise ReasonMissing("Say what should change. The host will read it.")
    if len(note) > NOTE_MAX:
        raise ReasonMissing(f"Shorten this to {NOTE_MAX} characters.")
    look.returned_by_id, look.returned_at, look.returned_note = actor.person_id, now, note.strip()
    _record("give_back_draft", actor, event, now, reason=look.returned_note)
    mail.tell_host_of_return(event, look, now=now)
    return look


def follow_publication(event: Event, *, actor: Actor, now: datetime) -> None:
    """Tell whoever asked that the event is published; nothing waits any longer."""
    look = queries.of_event(event.id)
    if look is None:
        return
    if look.asked_by_id != actor.person_id:
        mail.tell_host_of_publication(event, look, now=now)
    db.session.delete(look)


def _draft(event: Event) -> Event:
    event = event_locks.event(event.id)
    if event.state is not EventState.DRAFT:
        raise events.NotADraft(f"{event.title} has already been published.")
    return event


def _waiting(event: Event) -> LeadLook:
    look = queries.of_event(event.id)
    if look is None or not look.is_waiting:
        raise NotWithLead(f"{event.title} does not wait for the lead any longer.")
    return look


def _refuse_unready(actor: Actor, now: datetime, event: Event, note: str) -> None:
    found = events.publication_problems(actor, now=now, details=events.details_of(event))
    # What needs the lead, or a reason, is decided by whoever publishes.
    found = [problem for problem in found if problem.field not in {"fee_reason", "fee_kind"}]
    if len(note) > NOTE_MAX:
        found.append(Problem("note", f"Shorten this to {NOTE_MAX} characters."))
    if found:
        raise events.EventRefused(found)


def _record(action: str, actor: Actor, event: Event, now: datetime, reason: str = "") -> None:
    audit.record(
        actor=actor,
        action=action,
        subject=event,
        school_id=event.host_school_id,
        reason=reason,
        now=now,
    )
