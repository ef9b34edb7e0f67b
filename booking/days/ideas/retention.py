"""How long ideas are kept that came to nothing."""

from collections.abc import Sequence
from datetime import timedelta

from booking.days.ideas.models import Idea, IdeaState
from booking.foundation.chores import RetentionRule, deleting

CLOSED_KEPT = timedelta(days=365)


def rules() -> Sequence[RetentionRule]:
    """Return when ideas are deleted, with who seconded them."""
    return (
        deleting(
            "closed ideas for events",
            "a year after they were closed; those that became events stay with them",
            Idea,
            lambda now: [Idea.state != IdeaState.OPEN, Idea.closed_at <= now - CLOSED_KEPT],
        ),
    )
