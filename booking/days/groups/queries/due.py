"""What is due about workshops: for a host, and for a school."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select

from booking.days.events.models import Event, EventState
from booking.days.groups.models import Workshop, WorkshopChoice, WorkshopSpot, WorkshopWish
from booking.days.places.models import Booking
from booking.domain.booking_states import EXPECTED
from booking.domain.permissions import Actor, Role
from booking.foundation.db import db

#: How many events become tasks of one person.
EVENTS_MAX = 10


@dataclass(frozen=True)
class WorkshopsDue:
    """An event about which a school has something to do, and for how many pupils."""

    slug: str
    title: str
    due_at: datetime | None
    count: int


def to_share(actor: Actor, *, now: datetime) -> list[Event]:
    """Return the actor's events whose families have chosen, and whose workshops wait."""
    hosted = actor.school_ids(Role.HOST)
    if not hosted:
        return []
    return list(
        db.session.scalars(
            select(Event)
            .join(WorkshopChoice, WorkshopChoice.event_id == Event.id)
            .where(
                Event.host_school_id.in_(hosted),
                Event.state == EventState.PUBLISHED,
                Event.first_starts_at > now,
                WorkshopChoice.closes_at <= now,
                WorkshopChoice.shared_at.is_(None),
            )
            .order_by(Event.first_starts_at)
            .limit(EVENTS_MAX)
        )
    )


def unchosen(school_id: int, *, now: datetime, until: datetime) -> list[WorkshopsDue]:
    """Return events whose choice closes in a period, with a school's pupils who have not chosen."""
    chosen = exists().where(WorkshopWish.booking_id == Booking.id)
    rows = db.session.execute(
        select(Event.slug, Event.title, WorkshopChoice.closes_at, func.count(Booking.id))
        .join(WorkshopChoice, WorkshopChoice.event_id == Event.id)
        .join(Booking, Booking.event_id == Event.id)
        .where(
            Booking.school_id == school_id,
            Booking.state.in_(EXPECTED),
            Event.state == EventState.PUBLISHED,
            WorkshopChoice.shared_at.is_(None),
            WorkshopChoice.closes_at > now,
            WorkshopChoice.closes_at <= until,
            ~chosen,
        )
        .group_by(Event.id, Event.slug, Event.title, WorkshopChoice.closes_at)
        .order_by(WorkshopChoice.closes_at)
        .limit(EVENTS_MAX)
    )
    return [WorkshopsDue(*row) for row in rows]


def moved(school_id: int, *, now: datetime) -> list[WorkshopsDue]:
    """Return coming events where a school's pupils were moved after families were told."""
    rows = db.session.execute(
        select(
            Event.slug,
            Event.title,
            Event.first_starts_at,
            func.count(WorkshopSpot.booking_id.distinct()),
        )
        .join(Workshop, Workshop.event_id == Event.id)
        .join(WorkshopSpot, WorkshopSpot.workshop_id == Workshop.id)
        .join(Booking, Booking.id == WorkshopSpot.booking_id)
        .where(
            Booking.school_id == school_id,
            Event.state == EventState.PUBLISHED,
            Event.last_ends_at > now,
            WorkshopSpot.moved_at.is_not(None),
        )
        .group_by(Event.id, Event.slug, Event.title, Event.first_starts_at)
        .order_by(Event.first_starts_at)
        .limit(EVENTS_MAX)
    )
    return [WorkshopsDue(*row) for row in rows]
