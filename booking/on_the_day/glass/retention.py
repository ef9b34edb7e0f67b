"""How long it is kept why somebody opened a school's pupils."""

from collections.abc import Sequence
from datetime import timedelta

from booking.foundation.chores import RetentionRule, deleting
from booking.on_the_day.glass.models import GlassOpening

KEPT = timedelta(days=60)


def rules() -> Sequence[RetentionRule]:
    """Return when it is forgotten; the audit trail keeps that they were opened, without why."""
    return (
        deleting(
            "pupils opened to those who oversee",
            "why somebody opened a school’s pupils: 60 days afterwards",
            GlassOpening,
            lambda now: [GlassOpening.opened_at <= now - KEPT],
        ),
    )
