"""What `colleague_questions` holds about one person."""

from collections.abc import Sequence

from booking.foundation.holdings import Part, of_adult
from booking.network.colleague_questions.models import ColleagueAnswer, ColleagueQuestion


def parts() -> Sequence[Part]:
    """Return what somebody asked colleagues, what they answered, and what they told the lead."""
    return (
        of_adult("Questions to colleagues", ColleagueQuestion.author_id),
        of_adult("Answers to colleagues", ColleagueAnswer.author_id),
        of_adult("Questions the lead was told of", ColleagueQuestion.told_by_id),
    )
