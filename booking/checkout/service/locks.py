"""Locks in the order that everybody keeps: the event, its booking, then the payment."""

from dataclasses import dataclass

from sqlalchemy import select

from booking.db import db
from booking.events.models import Event
from booking.payments import queries as payments
from booking.payments.models import Payment
from booking.places.models import Booking


@dataclass(frozen=True)
class Held:
    """An event, a booking and a payment, as they are now and stay until the commit."""

    event: Event
    booking: Booking
    payment: Payment


def booking(booking_id: int) -> Booking:
    """Return a booking under its event's and its own lock."""
    event_id = db.session.scalars(select(Booking.event_id).where(Booking.id == booking_id)).one()
    db.session.scalars(
        select(Event)
        .where(Event.id == event_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()
    return db.session.scalars(
        select(Booking)
        .where(Booking.id == booking_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def payment(payment_id: int) -> Held:
    """Return a payment with its booking and event, all locked."""
    booking_id = db.session.scalars(
        select(Payment.booking_id).where(Payment.id == payment_id)
    ).one()
    held = booking(booking_id)
    return Held(held.event, held, payments.locked(payment_id))
