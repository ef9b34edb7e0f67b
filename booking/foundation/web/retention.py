"""What is deleted from the web's own tables: ended sessions, passed windows, forms sent."""

from collections.abc import Sequence

from booking.foundation.chores import RetentionRule, deleting
from booking.foundation.web import once
from booking.foundation.web.models import SentForm, ThrottleCount, WebSession


def rules() -> Sequence[RetentionRule]:
    """Return what is deleted automatically."""
    return (
        deleting(
            "sessions", "when they end", WebSession, lambda now: [WebSession.expires_at <= now]
        ),
        deleting(
            "throttle counts",
            "when their window has passed",
            ThrottleCount,
            lambda now: [ThrottleCount.expires_at <= now],
        ),
        deleting(
            "keys of forms that were sent",
            "a day after the form was sent: no page outlives its session",
            SentForm,
            lambda now: [SentForm.sent_at <= now - once.KEPT],
        ),
    )
