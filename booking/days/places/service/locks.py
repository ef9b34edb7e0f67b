"""Locks: the event first, then its places and bookings, then pupils; each kind in id order.

Whoever changes who holds what at an event holds the event's row, so that the line is served by
one at a time. On SQLite the transaction itself is the lock. `key_share` leaves other tables free
to refer to the event meanwhile.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select

from booking.days.events.models import Event, EventState
from booking.days.places.models import Booking, Offer
from booking.days.places.service import refusals
from booking.foundation.db import db
from booking.people.pupils.models import Pupil

#: How many events a sweep takes in one transaction.
EVENTS_PER_SWEEP = 20


def event(event_id: int) -> Event:
    """Return the event as it is now; others wait until this transaction ends."""
    return db.session.scalars(
        select(Event)
        .where(Event.id == event_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()


def open_event(event_id: int, now: datetime) -> Event:
    """Return the event, locked; raise EventNotOpen unless it is published and yet to begin."""
    locked = event(event_id)
    if locked.state is EventState.DRAFT:
        raise refusals.EventNotOpen(f"“{locked.title}” is not published yet.")
    if locked.state is EventState.CANCELLED:
        raise refusals.EventNotOpen(f"“{locked.title}” has been cancelled.")
    if locked.state is EventState.CLOSED or has_begun(locked, now):
        raise refusals.EventNotOpen(f"“{locked.title}” has already begun or is over.")
    return locked


def has_begun(event_: Event, now: datetime) -> bool:
    """Say whether the first date of the event has started."""
    return event_.first_starts_at is not None and event_.first_starts_at <= now


def is_live(event_: Event, now: datetime) -> bool:
    """Say whether places of the event still change hands."""
    return event_.state is EventState.PUBLISHED and not has_begun(event_, now)


def booking(booking_id: int) -> Booking:
    """Return the booking as it is now, locked."""
    return db.session.scalars(
        select(Booking)
        .where(Booking.id == booking_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def offer(offer_id: int) -> Offer:
    """Return the offer as it is now, locked."""
    return db.session.scalars(
        select(Offer)
        .where(Offer.id == offer_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def pupils(pupil_ids: Collection[int]) -> list[Pupil]:
    """Return the pupils, locked: none is named at two events at once."""
    return list(
        db.session.scalars(
            select(Pupil)
            .where(Pupil.id.in_(pupil_ids))
            .order_by(Pupil.id)
            .with_for_update(key_share=True)
            .execution_options(populate_existing=True)
        )
    )


def events_due(
    *conditions: ColumnElement[bool], states: Collection[EventState] = (EventState.PUBLISHED,)
) -> Sequence[Event]:
    """Return some events for which the conditions hold, locked; those in use are for next time."""
    return db.session.scalars(
        select(Event)
        .where(Event.state.in_(states), *conditions)
        .order_by(Event.id)
        .limit(EVENTS_PER_SWEEP)
        .with_for_update(key_share=True, skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()
