"""How long the card processor's messages, and pretend payment pages, are kept."""

from collections.abc import Sequence
from datetime import timedelta

from booking.foundation.chores import RetentionRule, deleting
from booking.money.payments.demo_processor.models import DemoSession
from booking.money.payments.models import WebhookEvent

MESSAGES_KEPT = timedelta(days=400)


def rules() -> Sequence[RetentionRule]:
    """Return when messages and pages are deleted."""
    return (
        deleting(
            "card processor's messages",
            "400 days after they came",
            WebhookEvent,
            lambda now: [WebhookEvent.received_at <= now - MESSAGES_KEPT],
        ),
        deleting(
            "pretend payment pages",
            "400 days after they were opened",
            DemoSession,
            lambda now: [DemoSession.created_at <= now - MESSAGES_KEPT],
        ),
    )
