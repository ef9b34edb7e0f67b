"""Reads of drafts that wait for the lead's look."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from booking.days.events import queries as event_queries
from booking.days.events.models import Event
from booking.days.looks.models import LeadLook
from booking.domain.permissions import Actor, Role
from booking.foundation.db import db

#: How many tasks about drafts a page has.
TASKS_MAX = 10


def of_event(event_id: int) -> LeadLook | None:
    """Return the look that somebody asked for, with who asked and who gave the draft back."""
    return db.session.scalar(
        select(LeadLook)
        .where(LeadLook.event_id == event_id)
        .options(joinedload(LeadLook.asked_by), joinedload(LeadLook.returned_by))
    )


def is_needed(actor: Actor) -> bool:
    """Return whether this person's events are looked at by the lead before publication.

    The lead's own are not; nor is what a command or a demonstration publishes.
    """
    if actor.kind != "person" or actor.has(Role.LEAD):
        return False
    return event_queries.network_rules().lead_looks


def waiting_among(event_ids: Sequence[int]) -> Collection[int]:
    """Return which of these drafts wait for the lead."""
    if not event_ids:
        return ()
    statement = select(LeadLook.event_id).where(
        LeadLook.event_id.in_(event_ids), LeadLook.returned_at.is_(None)
    )
    return db.session.scalars(statement).all()


def waiting() -> list[LeadLook]:
    """Return the drafts that wait for the lead, the first asked first."""
    return list(
        db.session.scalars(
            select(LeadLook)
            .where(LeadLook.returned_at.is_(None))
            .options(
                joinedload(LeadLook.event).joinedload(Event.host_school),
                joinedload(LeadLook.asked_by),
            )
            .order_by(LeadLook.asked_at, LeadLook.event_id)
            .limit(TASKS_MAX)
        )
    )


def returned(actor: Actor) -> list[LeadLook]:
    """Return the drafts of this person's schools that the lead has given back."""
    hosts = actor.school_ids(Role.HOST)
    if not hosts:
        return []
    return list(
        db.session.scalars(
            select(LeadLook)
            .join(LeadLook.event)
            .where(LeadLook.returned_at.is_not(None), Event.host_school_id.in_(hosts))
            .options(joinedload(LeadLook.event))
            .order_by(LeadLook.returned_at, LeadLook.event_id)
            .limit(TASKS_MAX)
        )
    )
