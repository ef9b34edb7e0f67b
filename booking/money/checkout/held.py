"""What checkout hold about one person."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, select

from booking.domain.needs import Collection, PhotoPermission
from booking.foundation.holdings import DELETED, Concerned, Part, Whose, emptied, kept
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
ACCOUNTS = kept("accounts are kept for six years; no name stands in them")
NOTHING: dict[str, Any] = {
    "health": None,
    "access": None,
    "diets": [],
    "diet_note": None,
    "photo": PhotoPermission.NONE,
    "collection": Collection.SCHOOL,
    "collected_by": None,
    "emergency_name": None,
    "emergency_phone": None,
}


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
            emptied("that somebody agreed or not, and when; not who", given_by=""),
            left_out={"wording_hash": DIGEST, "facts_digest": DIGEST},
        ),
        Part(
            "What the pupil needs on the day, and whom to ring",
            Needs,
            emptied("that an answer was given, and when; not what", **NOTHING),
        ),
        Part(
            "Consent asked for again",
            ConsentQuestion,
            DELETED,
            left_out={"facts_digest": DIGEST},
        ),
        Part("Objections", Objection, DELETED),
        Part("Questions to the school", FamilyQuestion, DELETED),
        Part("Fees", Funding, ACCOUNTS),
        Part(
            "Choices about a refund",
            RefundChoice,
            ACCOUNTS,
            family=_of_refunds,
            left_out={"wording_hash": DIGEST},
        ),
        Part(
            "Payments that had to be explained",
            Explanation,
            ACCOUNTS,
            family=_of_payments(Explanation.payment_id),
            left_out={"key": "our own number", "parked_key": "our own number"},
            by_staff=True,
        ),
        Part(
            "Cash and cheques paid in",
            PayInPayment,
            ACCOUNTS,
            family=_of_payments(PayInPayment.payment_id),
        ),
    )
