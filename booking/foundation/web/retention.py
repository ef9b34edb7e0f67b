"""What is deleted from the web's own tables: sessions that ended, windows that have passed."""

from collections.abc import Sequence

from booking.foundation.chores import RetentionRule, deleting
from booking.foundation.web.models import ThrottleCount, WebSession


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
    )
