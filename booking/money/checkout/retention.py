"""How long the needs on the day are kept: health, diet, emergency details."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import exists, not_, or_, select

from booking.days.places import ports as place_ports
from booking.days.places import queries as place_queries
from booking.domain.keeping import KeptRow, families, others
from booking.foundation.chores import Past, RetentionRule, deleting, emptying
from booking.money.checkout.models import (
    Consent,
    ConsentQuestion,
    FamilyQuestion,
    Needs,
    Objection,
    RefundChoice,
)
from booking.money.payments.models import Payment, PaymentLine, Refund

#: For whoever writes what has long been purged.
NEEDS_KEPT = families.NEEDS.days


def rules() -> Sequence[RetentionRule]:
    """Return when parents' answers are deleted."""
    return (
        emptying(
            "needs of the day",
            families.NEEDS,
            Needs,
            _over,
            _nothing,
        ),
        deleting(
            "consent asked again",
            families.ASKED_AGAIN,
            ConsentQuestion,
            lambda now: [
                ConsentQuestion.booking_id.in_(place_queries.ended(families.ASKED_AGAIN.over(now)))
            ],
        ),
        deleting(
            "objections of parents",
            families.OBJECTIONS,
            Objection,
            lambda now: [
                Objection.booking_id.in_(place_queries.ended(families.OBJECTIONS.over(now)))
            ],
        ),
        deleting(
            "questions of families",
            families.OBJECTIONS,
            FamilyQuestion,
            lambda now: [
                FamilyQuestion.booking_id.in_(place_queries.ended(families.OBJECTIONS.over(now)))
            ],
        ),
    )


def last_of_all() -> Sequence[RetentionRule]:
    """Return when names go that an incident may keep: after its record."""
    return (
        emptying(
            "names under consents",
            families.SIGNATURES,
            Consent,
            _signed_too_long,
            lambda _now: {"given_by": families.NAME_REMOVED, "parent_id": None},
        ),
        emptying(
            "who paid", others.PAYERS, Payment, _paid_long_ago, lambda _now: {"parent_id": None}
        ),
        emptying(
            "who chose what became of a refund",
            others.PAYERS,
            RefundChoice,
            _chosen_long_ago,
            lambda _now: {"chosen_by_id": None},
        ),
    )


def _over(now: datetime) -> list[Any]:
    over = place_queries.ended(families.NEEDS.over(now)).where(not_(place_ports.held()))
    told = or_(
        Needs.purged_at.is_(None), Needs.told_by_id.is_not(None), Needs.day_by_id.is_not(None)
    )
    return [told, Needs.booking_id.in_(over)]


def _nothing(now: datetime) -> dict[str, Any]:
    return {
        "health": None,
        "access": None,
        "diets": [],
        "diet_note": None,
        "collected_by": None,
        "emergency_name": None,
        "emergency_phone": None,
        "told_by_id": None,
        "day_by_id": None,
        "purged_at": now,
    }


def _signed_too_long(now: datetime) -> list[Any]:
    past = place_queries.ended(families.SIGNATURES.over(now)).where(
        not_(place_ports.named_longer())
    )
    return [Consent.given_by != families.NAME_REMOVED, Consent.booking_id.in_(past)]


def _paid_long_ago(now: datetime) -> list[Any]:
    return [Payment.parent_id.is_not(None), *_of_the_past(now)]


def _of_the_past(now: datetime) -> list[Any]:
    """Return the conditions for payments of which every line is of the past."""
    past = place_queries.ended(others.PAYERS.over(now))
    still = exists().where(
        PaymentLine.payment_id == Payment.id, PaymentLine.booking_id.not_in(past)
    )
    return [~still]


def _chosen_long_ago(now: datetime) -> list[Any]:
    refunds = select(Refund.id).join(Refund.payment).where(*_of_the_past(now))
    return [RefundChoice.chosen_by_id.is_not(None), RefundChoice.refund_id.in_(refunds)]


def _past(model: Any, kept: KeptRow) -> Past:
    """Return what finds the rows of bookings past their time."""
    return lambda now: [model.booking_id.in_(place_queries.ended(kept.over(now)))]
