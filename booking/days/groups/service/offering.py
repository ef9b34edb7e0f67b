"""Offer workshops within an event, and let families choose until a time."""

import secrets
from datetime import datetime

from booking.days.events import locks as event_locks
from booking.days.events import states as event_states
from booking.days.events.models import Event, EventState
from booking.days.groups import refusals
from booking.days.groups.details import WorkshopDetails
from booking.days.groups.models import Workshop, WorkshopChoice
from booking.days.groups.queries import workshops
from booking.domain.allocation import draw
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db

#: More than this would fill no page that anybody could choose from.
WORKSHOPS_MAX = 30


def offer(*, actor: Actor, now: datetime, event: Event, details: WorkshopDetails) -> Workshop:
    """Offer one more workshop. Raises WorkshopsFixed, WorkshopsRefused."""
    lock(event)
    if len(workshops.workshops(event.id)) >= WORKSHOPS_MAX:
        raise refusals.WorkshopsRefused(f"An event can have {WORKSHOPS_MAX} workshops at most.")
    workshop = Workshop(event_id=event.id)
    _copy(details, workshop)
    db.session.add(workshop)
    _record(actor, "offer_workshop", event, workshop, now)
    return workshop


def change(
    *, actor: Actor, now: datetime, event: Event, workshop: Workshop, details: WorkshopDetails
) -> Workshop:
    """Change a workshop. Raises TooFewPlaces, WorkshopsFixed."""
    lock(event)
    there = workshops.taken_by_workshop(event.id)[workshop.id]
    if details.places < there:
        raise refusals.TooFewPlaces(f"{there} pupils are there. Move some first.")
    if details.time is not workshop.time and workshops.has_wishes(workshop.id):
        raise refusals.WorkshopsFixed(
            "Families have chosen it for its time. Offer another workshop instead."
        )
    _copy(details, workshop)
    _record(actor, "change_workshop", event, workshop, now)
    return workshop


def remove(*, actor: Actor, now: datetime, event: Event, workshop: Workshop) -> None:
    """Take a workshop off that nobody has chosen or been given. Raises WorkshopsFixed."""
    lock(event)
    if workshops.has_wishes(workshop.id):
        raise refusals.WorkshopsFixed(
            f"Families have chosen “{workshop.title}”, or pupils are there, so it stays."
        )
    audit.record(
        actor=actor,
        action="remove_workshop",
        subject=event,
        school_id=event.host_school_id,
        now=now,
        title=workshop.title,
    )
    db.session.delete(workshop)


def open_choices(
    *, actor: Actor, now: datetime, event: Event, closes_at: datetime
) -> WorkshopChoice:
    """Let families choose until a time, or move it; the lottery is sealed the first time.

    Raises ClosesTooLate, SharedAlready, WorkshopsRefused.
    """
    locked, row = lock(event), workshops.choice(event.id)
    if row is not None and row.shared_at is not None:
        raise refusals.SharedAlready
    if not workshops.workshops(event.id):
        raise refusals.WorkshopsRefused("Offer a workshop first.")
    if closes_at <= now:
        raise refusals.ClosesTooLate("Choose a time to come.")
    if event_states.has_begun(locked, closes_at):
        raise refusals.ClosesTooLate("Choose a time before the event begins.")
    if row is None:
        seed = secrets.token_hex(32)
        row = WorkshopChoice(
            event_id=event.id, seed=seed, seed_commitment=draw.new_commitment(seed), opened_at=now
        )
        db.session.add(row)
    row.closes_at = closes_at
    audit.record(
        actor=actor,
        action="open_workshop_choices",
        subject=event,
        school_id=event.host_school_id,
        now=now,
        closes_at=closes_at.isoformat(),
    )
    return row


def lock(event: Event) -> Event:
    """Lock the event, and with it its workshops. Raises WorkshopsFixed once it is over."""
    locked = event_locks.event(event.id)
    if locked.state not in {EventState.DRAFT, EventState.PUBLISHED}:
        raise refusals.WorkshopsFixed("The event is cancelled or closed.")
    return locked


def lock_live(event: Event, now: datetime) -> Event:
    """Lock an event that has not begun, and with it its workshops. Raises WorkshopsFixed."""
    locked = event_locks.event(event.id)
    if not event_states.is_live(locked, now):
        raise refusals.WorkshopsFixed("The event has begun, or does not take place.")
    return locked


def _copy(details: WorkshopDetails, workshop: Workshop) -> None:
    workshop.title, workshop.line, workshop.room = details.title, details.line, details.room
    workshop.places, workshop.time = details.places, details.time


def _record(actor: Actor, action: str, event: Event, workshop: Workshop, now: datetime) -> None:
    audit.record(
        actor=actor,
        action=action,
        subject=event,
        school_id=event.host_school_id,
        now=now,
        title=workshop.title,
        places=workshop.places,
    )
