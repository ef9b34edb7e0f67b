"""Lock a payment with everything it is for, in the order that `events/locks.py` keeps."""

from dataclasses import dataclass

from sqlalchemy import select

from booking.days.events.models import Event
from booking.days.places import locks as place_locks
from booking.days.places.models import Booking
from booking.foundation.db import db
from booking.money.checkout.models import (
    ConsentQuestion,
    Explanation,
    FamilyQuestion,
    Funding,
    Needs,
    Objection,
    RefundChoice,
)
from booking.money.payments import locks as payment_locks
from booking.money.payments.models import Payment, PaymentLine


@dataclass(frozen=True)
class HeldLine:
    """One line of a payment with its booking and event, fixed until the commit."""

    event: Event
    booking: Booking
    line: PaymentLine

    @property
    def payment(self) -> Payment:
        """Return the payment that the line belongs to."""
        return self.line.payment


@dataclass(frozen=True)
class HeldPayment:
    """A payment with all its lines, as they are now and will be until the commit."""

    payment: Payment
    lines: list[HeldLine]

    @property
    def school_id(self) -> int:
        """Return the family's school, which is the same for all lines."""
        return self.lines[0].booking.school_id


def payment(payment_id: int) -> HeldPayment:
    """Return a payment with the bookings and events of all its lines, all locked."""
    of_payment = select(PaymentLine.booking_id).where(PaymentLine.payment_id == payment_id)
    held = place_locks.bookings_at_events(db.session.scalars(of_payment).all())
    row = payment_locks.payment(payment_id)
    return HeldPayment(row, [_held(held[line.booking_id], line) for line in row.lines])


def line(line_id: int) -> HeldLine:
    """Return one line with its booking, event and payment, all locked.

    The other lines' bookings are not locked: whoever holds an event's lock may still come here.
    """
    found = db.session.execute(
        select(PaymentLine.payment_id, PaymentLine.booking_id).where(PaymentLine.id == line_id)
    ).one()
    held = place_locks.booking_at_event(found.booking_id)
    row = payment_locks.payment(found.payment_id)
    return next(_held(held, line) for line in row.lines if line.id == line_id)


def funding(booking_id: int) -> Funding | None:
    """Return the status of a booking's fee, locked; the caller holds the booking."""
    return db.session.get(Funding, booking_id, with_for_update=True, populate_existing=True)


def needs(booking_id: int) -> Needs | None:
    """Return what a pupil needs on the day, locked; the caller holds the booking."""
    return db.session.get(Needs, booking_id, with_for_update=True, populate_existing=True)


def question(booking_id: int) -> ConsentQuestion | None:
    """Return consent that is asked for again, locked; the caller holds the booking."""
    return db.session.get(ConsentQuestion, booking_id, with_for_update=True, populate_existing=True)


def objection(objection_id: int) -> Objection:
    """Return an objection as it is now, locked."""
    return db.session.get_one(Objection, objection_id, with_for_update=True, populate_existing=True)


def family_question(question_id: int) -> FamilyQuestion:
    """Return what a parent asked as it is now, locked."""
    return db.session.get_one(
        FamilyQuestion, question_id, with_for_update=True, populate_existing=True
    )


def refund_choice(refund_id: int) -> RefundChoice | None:
    """Return what a family may choose about a refund, locked; the caller holds the payment."""
    return db.session.get(RefundChoice, refund_id, with_for_update=True, populate_existing=True)


def explanation(explanation_id: int) -> Explanation:
    """Return something to explain, locked; take this lock before that of the payment it becomes."""
    return db.session.get_one(
        Explanation, explanation_id, with_for_update=True, populate_existing=True
    )


def _held(booking: Booking, line: PaymentLine) -> HeldLine:
    return HeldLine(booking.event, booking, line)
