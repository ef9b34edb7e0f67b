"""What is deleted from the web's own tables: ended sessions, passed windows, forms sent."""

from collections.abc import Sequence

from booking.domain.keeping import others
from booking.foundation.chores import RetentionRule, deleting
from booking.foundation.web import once
from booking.foundation.web.models import SentForm, ThrottleCount, WebSession


def rules() -> Sequence[RetentionRule]:
    """Return what is deleted automatically."""
    return (
        deleting(
            "sessions", others.SESSIONS, WebSession, lambda now: [WebSession.expires_at <= now]
        ),
        deleting(
            "throttle counts",
            others.SESSIONS,
            ThrottleCount,
            lambda now: [ThrottleCount.expires_at <= now],
        ),
        deleting(
            "keys of forms that were sent",
            others.SESSIONS,
            SentForm,
            lambda now: [SentForm.sent_at <= now - once.KEPT],
        ),
    )
