"""What of the web's own tables is not kept: sessions that ended, windows that have passed."""

from collections.abc import Sequence

from booking.foundation.chores import Rule, deleting
from booking.foundation.web.models import ThrottleCount, WebSession


def rules() -> Sequence[Rule]:
    """Return what goes by itself."""
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
