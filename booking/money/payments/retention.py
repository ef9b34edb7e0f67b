"""How long the card processor's messages, and pretend payment pages, are kept."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, or_

from booking.domain.keeping import others
from booking.foundation.chores import RetentionRule, deleting, emptying
from booking.money.payments.demo_processor.models import DemoSession
from booking.money.payments.models import Method, Payment, Refund, WebhookEvent

WORDS_REMOVED = "(words removed)"


def rules() -> Sequence[RetentionRule]:
    """Return when messages and pages are deleted."""
    return (
        emptying(
            "what was written about payments",
            others.PAYMENT_WORDS,
            Payment,
            _written_long_ago,
            lambda _now: {"reference": "", "to_explain": "", "undo_reason": ""},
        ),
        emptying(
            "why money went back",
            others.PAYMENT_WORDS,
            Refund,
            lambda now: [
                Refund.reason != WORDS_REMOVED,
                Refund.requested_at <= others.PAYMENT_WORDS.over(now),
            ],
            lambda _now: {"reason": WORDS_REMOVED},
        ),
        deleting(
            "card processor's messages",
            others.PROCESSOR,
            WebhookEvent,
            lambda now: [WebhookEvent.received_at <= others.PROCESSOR.over(now)],
        ),
        deleting(
            "pretend payment pages",
            others.PROCESSOR,
            DemoSession,
            lambda now: [DemoSession.created_at <= others.PROCESSOR.over(now)],
        ),
    )


def _written_long_ago(now: datetime) -> list[ColumnElement[bool]]:
    """Return the conditions for payments by hand; the card processor's reference names nobody."""
    written = or_(Payment.reference != "", Payment.to_explain != "", Payment.undo_reason != "")
    by_hand = Payment.method != Method.CARD
    return [by_hand, written, Payment.opened_at <= others.PAYMENT_WORDS.over(now)]
