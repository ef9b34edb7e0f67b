"""How long it is kept why somebody opened a school's pupils."""

from collections.abc import Sequence

from booking.domain.keeping import others
from booking.foundation.chores import RetentionRule, deleting
from booking.on_the_day.glass.models import GlassOpening


def rules() -> Sequence[RetentionRule]:
    """Return when it is forgotten; the audit trail keeps that they were opened, without why."""
    return (
        deleting(
            "pupils opened to those who oversee",
            others.OPENINGS,
            GlassOpening,
            lambda now: [GlassOpening.opened_at <= others.OPENINGS.over(now)],
        ),
    )
