"""Locks in the order that everybody keeps: events, then bookings, each by id, then the payment."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from booking.days.events.models import Event
from booking.days.places.models import Booking
from booking.foundation.db import db
from booking.money.payments import queries as payment_queries
from booking.money.payments.models import Payment, PaymentLine


@dataclass(frozen=True)
class Held:
    """One line of a payment with its booking and event, as they stay until the commit."""

    event: Event
    booking: Booking
    line: PaymentLine

    @property
    def payment(self) -> Payment:
        """Return the payment that the line is of."""
        return self.line.payment


@dataclass(frozen=True)
class HeldPayment:
    """A payment with every line of it, as they are now and stay until the commit."""

    payment: Payment
    lines: list[Held]

    @property
    def school_id(self) -> int:
        """Return the school of the family: all lines are of one."""
        return self.lines[0].booking.school_id


def booking(booking_id: int) -> Booking:
    """Return a booking under its event's and its own lock."""
    return bookings([booking_id])[booking_id]


def bookings(booking_ids: Collection[int]) -> dict[int, Booking]:
    """Return bookings by id, under their events' and their own locks."""
    event_ids = select(Booking.event_id).where(Booking.id.in_(booking_ids))
    db.session.scalars(
        select(Event)
        .where(Event.id.in_(event_ids))
        .order_by(Event.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).all()
    found = db.session.scalars(
        select(Booking)
        .where(Booking.id.in_(booking_ids))
        .order_by(Booking.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {row.id: row for row in found}


def payment(payment_id: int) -> HeldPayment:
    """Return a payment with the bookings and events of all its lines, all locked."""
    of_payment = select(PaymentLine.booking_id).where(PaymentLine.payment_id == payment_id)
    held = bookings(db.session.scalars(of_payment).all())
    row = payment_queries.locked(payment_id)
    return HeldPayment(row, [_held(held[line.booking_id], line) for line in row.lines])


def line(line_id: int) -> Held:
    """Return one line with its booking, event and payment, all locked.

    The other lines' bookings are not: whoever holds an event's lock may still come here.
    """
    found = db.session.execute(
        select(PaymentLine.payment_id, PaymentLine.booking_id).where(PaymentLine.id == line_id)
    ).one()
    held = booking(found.booking_id)
    row = payment_queries.locked(found.payment_id)
    return next(_held(held, line) for line in row.lines if line.id == line_id)


def _held(booking: Booking, line: PaymentLine) -> Held:
    return Held(booking.event, booking, line)
