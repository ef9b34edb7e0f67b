"""Who leads: one event's record, and what is still to be checked or agreed."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from booking.days.events.models import Event, EventState
from booking.days.leading.models import LeaderKind, Leading
from booking.foundation.db import db

SHOWN = 10


def of_event(event_id: int) -> Leading | None:
    """Return who leads an event, if somebody has written it down."""
    return db.session.scalars(
        select(Leading)
        .where(Leading.event_id == event_id)
        .options(
            selectinload(Leading.pupils),
            joinedload(Leading.school),
            joinedload(Leading.checked_by),
            joinedload(Leading.agreed_by),
        )
    ).one_or_none()


def unchecked(host_ids: Collection[int], *, now: datetime) -> Sequence[Any]:
    """Return events with a provider whose checks nobody has confirmed: slug, title, start, who."""
    return db.session.execute(
        select(Event.slug, Event.title, Event.first_starts_at, Leading.organisation)
        .join(Leading, Leading.event_id == Event.id)
        .where(
            Event.host_school_id.in_(host_ids),
            Event.state == EventState.PUBLISHED,
            Event.last_ends_at > now,
            Leading.kind == LeaderKind.PROVIDER,
            Leading.checked_at.is_(None),
        )
        .order_by(Event.first_starts_at)
        .limit(SHOWN)
    ).all()


def to_agree(school_id: int, *, now: datetime) -> Sequence[Any]:
    """Return what a school's pupils are to lead and it has not agreed to: slug, title, start.

    A draft counts too, because the host needs the answer before it publishes.
    """
    return db.session.execute(
        select(Event.slug, Event.title, Event.first_starts_at)
        .join(Leading, Leading.event_id == Event.id)
        .where(
            Leading.school_id == school_id,
            Leading.agreed_at.is_(None),
            Event.state.in_((EventState.DRAFT, EventState.PUBLISHED)),
            (Event.last_ends_at > now) | Event.last_ends_at.is_(None),
        )
        .order_by(Event.first_starts_at)
        .limit(SHOWN)
    ).all()
