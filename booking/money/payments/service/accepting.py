"""Money that did not match, accepted as a payment after all by a person's decision."""

from datetime import datetime

from booking.domain import money, payment_states
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.money.payments.models import Payment
from booking.money.payments.service.paying import LARGEST_PENCE, AmountTooLarge, AmountTooSmall


class AlreadyArrived(ValueError):
    """The money for this payment is already here, so this must be other money."""


def accept(
    *,
    actor: Actor,
    now: datetime,
    payment: Payment,
    amount_pence: int,
    money_id: str,
    school_id: int,
    reason: str,
) -> None:
    """Count money as this payment, at the amount that came; its lines share it.

    The caller holds the payment's lock. Raises AlreadyArrived, AmountTooSmall, AmountTooLarge.
    """
    if (
        payment_states.PaymentState.PAID not in payment_states.MOVES[payment.state]
        or payment.paid_at is not None
    ):
        raise AlreadyArrived("The money for this payment has already arrived. Check the reference.")
    if amount_pence > LARGEST_PENCE:
        raise AmountTooLarge(
            f"One family cannot have paid more than {money.pounds(LARGEST_PENCE)}."
        )
    shares = money.split(amount_pence, [line.amount_pence for line in payment.lines])
    if min(shares) <= 0:
        raise AmountTooSmall("This is too little to share between the bookings of this payment.")
    for line, share in zip(payment.lines, shares, strict=True):
        line.amount_pence = share
    payment.amount_pence = amount_pence
    payment.state = payment_states.move(payment.state, payment_states.PaymentState.PAID)
    payment.paid_at, payment.reference = now, money_id
    payment.session_url = payment.to_explain = ""
    audit.record(
        actor=actor,
        action="accept_payment",
        subject=payment,
        school_id=school_id,
        now=now,
        amount_pence=amount_pence,
        reason=reason,
    )


def close_parked(payment: Payment) -> None:
    """Close a parked payment whose money turned out to be something else."""
    payment.state = payment_states.move(payment.state, payment_states.PaymentState.FAILED)
    payment.session_url = ""


def park_again(payment: Payment, problem: str) -> None:
    """Let a parked payment wait for its explanation again."""
    payment.state = payment_states.move(payment.state, payment_states.PaymentState.TO_EXPLAIN)
    payment.to_explain = problem
