"""What `checkout` holds about one person."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, select

from booking.foundation.holdings import Concerned, Part, Whose
from booking.money.checkout.models import (
    Consent,
    ConsentQuestion,
    Explanation,
    FamilyQuestion,
    Funding,
    Needs,
    Objection,
    PayInPayment,
    RefundChoice,
)
from booking.money.payments.models import PaymentLine, Refund

DIGEST = "a fingerprint of words, which says nothing by itself"


def _of_payments(column: Any) -> Whose:
    return lambda subject: column.in_(
        select(PaymentLine.payment_id).where(PaymentLine.booking_id.in_(subject.bookings))
    )


def _of_refunds(subject: Concerned) -> ColumnElement[bool]:
    of_lines = select(PaymentLine.id).where(PaymentLine.booking_id.in_(subject.bookings))
    return RefundChoice.refund_id.in_(select(Refund.id).where(Refund.line_id.in_(of_lines)))


def parts() -> Sequence[Part]:
    """Return what a family answered, agreed to and asked, and how its fees stand."""
    return (
        Part(
            "Consent and signatures",
            Consent,
            left_out={"wording_hash": DIGEST, "facts_digest": DIGEST},
        ),
        Part(
            "What the pupil needs on the day, and whom to ring",
            Needs,
        ),
        Part(
            "Consent asked for again",
            ConsentQuestion,
            left_out={"facts_digest": DIGEST},
        ),
        Part("Objections", Objection),
        Part("Questions to the school", FamilyQuestion),
        Part("Fees", Funding),
        Part(
            "Choices about a refund",
            RefundChoice,
            family=_of_refunds,
            left_out={"wording_hash": DIGEST},
        ),
        Part(
            "Payments that had to be explained",
            Explanation,
            family=_of_payments(Explanation.payment_id),
            left_out={"key": "our own number", "parked_key": "our own number"},
            by_staff=True,
        ),
        Part(
            "Cash and cheques paid in",
            PayInPayment,
            family=_of_payments(PayInPayment.payment_id),
        ),
    )
