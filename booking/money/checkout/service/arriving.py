"""Receive what arrived in the bank account for a place, whatever it is; what is over goes back."""

from datetime import date, datetime

from booking.days.places import locks as place_locks
from booking.days.places.models import Booking
from booking.domain.permissions import Actor
from booking.money.checkout import ledger_keys, locks
from booking.money.checkout.service import posting, settling
from booking.money.payments import service as payments
from booking.money.payments.models import Method


def receive_transfer(
    *,
    actor: Actor,
    now: datetime,
    booking: Booking,
    parent_id: int,
    amount_pence: int,
    reference: str,
    arrived_on: date,
) -> str:
    """Record a transfer that a parent sent for a place; return its key in the ledger.

    The money is there, so it is not refused: as with a card, what was paid twice, too late or
    beyond what was asked is then to be given back. Raises payments.AmountTooLarge.
    """
    booking = place_locks.booking_at_event(booking.id)
    payment = payments.receive(
        actor=actor,
        now=now,
        item=payments.PaymentItem(booking.id, booking.event_id, amount_pence),
        school_id=booking.school_id,
        method=Method.BANK_TRANSFER,
        reference=reference,
        parent_id=parent_id,
    )
    held = locks.HeldLine(booking.event, booking, payment.lines[0])
    posting.payment(held, now=now, actor=actor, happened_on=arrived_on)
    settling.count(locks.HeldPayment(payment, [held]), now=now)
    return ledger_keys.payment_key(held.line)
