"""How long ideas are kept that came to nothing."""

from collections.abc import Sequence

from booking.days.ideas.models import Idea, IdeaState
from booking.domain.keeping import others
from booking.foundation.chores import RetentionRule, deleting


def rules() -> Sequence[RetentionRule]:
    """Return when ideas are deleted, with who seconded them."""
    return (
        deleting(
            "closed ideas for events",
            others.IDEAS,
            Idea,
            lambda now: [Idea.state != IdeaState.OPEN, Idea.closed_at <= others.IDEAS.over(now)],
        ),
    )
