"""Lock bookings and offers, and events whose places change hands.

Code that changes who holds what at an event holds the event's row, so that only one request at a
time serves the line. The order of locks is in `events/locks.py`.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Select, select

from booking.days.events import locks as event_locks
from booking.days.events import states as event_states
from booking.days.events.models import Event, EventState
from booking.days.places import refusals
from booking.days.places.models import Booking, Offer
from booking.foundation.db import db


def open_event(event_id: int, now: datetime) -> Event:
    """Return the event, locked; raise EventNotOpen unless it is published and has not begun."""
    locked = event_locks.event(event_id)
    if locked.state is EventState.DRAFT:
        raise refusals.EventNotOpen(f"“{locked.title}” is not published yet.")
    if locked.state is EventState.CANCELLED:
        raise refusals.EventNotOpen(f"“{locked.title}” has been cancelled.")
    if not event_states.is_live(locked, now):
        raise refusals.EventNotOpen(f"“{locked.title}” has already begun or is over.")
    return locked


def booking(booking_id: int) -> Booking:
    """Return the booking as it is now, locked; the caller holds its event."""
    return db.session.scalars(_locking(Booking.id == booking_id)).one()


def bookings(booking_ids: Collection[int]) -> list[Booking]:
    """Return bookings as they are now, locked in id order."""
    return list(db.session.scalars(_locking(Booking.id.in_(booking_ids))))


def booking_at_event(booking_id: int) -> Booking:
    """Return the booking as it is now, under its event's lock and its own."""
    return bookings_at_events([booking_id])[booking_id]


def bookings_at_events(booking_ids: Collection[int]) -> dict[int, Booking]:
    """Return bookings by id, under their events' locks and then their own."""
    event_ids = select(Booking.event_id).where(Booking.id.in_(booking_ids))
    event_locks.events(db.session.scalars(event_ids).all())
    return {row.id: row for row in bookings(booking_ids)}


def offer(offer_id: int) -> Offer:
    """Return the offer as it is now, locked; the caller holds its event."""
    return db.session.scalars(
        select(Offer)
        .where(Offer.id == offer_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def offer_at_event(offer_id: int) -> Offer:
    """Return the offer as it is now, under its event's lock and its own."""
    event_locks.event(db.session.get_one(Offer, offer_id).event_id)
    return offer(offer_id)


def _locking(*conditions: ColumnElement[bool]) -> Select[Booking]:
    return (
        select(Booking)
        .where(*conditions)
        .order_by(Booking.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
