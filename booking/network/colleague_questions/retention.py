"""How long questions and their answers are kept."""

from collections.abc import Sequence

from sqlalchemy import func

from booking.domain.keeping import network_life
from booking.foundation.chores import RetentionRule, deleting
from booking.network.colleague_questions.models import ColleagueQuestion


def rules() -> Sequence[RetentionRule]:
    """Return when a question goes with its answers; one that nobody closed, by its last word."""
    ended = func.coalesce(ColleagueQuestion.closed_at, ColleagueQuestion.said_at)
    return (
        deleting(
            "questions to colleagues",
            network_life.QUESTIONS,
            ColleagueQuestion,
            lambda now: [ended <= network_life.QUESTIONS.over(now)],
        ),
    )
