"""What `questions` holds about one person."""

from collections.abc import Sequence

from booking.days.questions.models import QuestionAnswer
from booking.foundation.holdings import Part


def parts() -> Sequence[Part]:
    """Return what was answered to a host's questions."""
    return (Part("Answers to the host’s questions", QuestionAnswer),)
