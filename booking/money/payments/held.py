"""What `payments` holds about one person."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select

from booking.foundation.holdings import Concerned, Part, Whose
from booking.money.payments.models import Dispute, Payment, PaymentLine, Refund


def _of_family(column: Any) -> Whose:
    """Find rows by the payment that a column refers to."""
    return lambda subject: column.in_(_payments(subject))


def _payments(subject: Concerned) -> Select[int]:
    """Select a family's payments: for its places, or from a parent."""
    lines = select(PaymentLine.payment_id).where(PaymentLine.booking_id.in_(subject.bookings))
    if subject.pupils:
        return lines
    return select(Payment.id).where(Payment.parent_id.in_(subject.parents))


def parts() -> Sequence[Part]:
    """Return what a family paid and got back."""
    return (
        Part("Payments", Payment, family=_of_family(Payment.id)),
        Part("What payments were for", PaymentLine),
        Part("Money given back", Refund, family=_of_family(Refund.payment_id)),
        Part("Disputed payments", Dispute, family=_of_family(Dispute.payment_id)),
    )
