"""What may be done with a host's questions: ask, reword, withdraw, and answer."""

from booking.days.questions.refusals import (
    AnsweredAlready,
    AnswerRefused,
    EnoughAsked,
    NotCleared,
    NothingMoreToAsk,
    QuestionRefused,
    QuestionUnanswered,
    QuestionWithdrawn,
)
from booking.days.questions.service.answering import (
    answer_as_school,
    forget,
    forget_schools,
    refuse_unanswered,
    tell,
)
from booking.days.questions.service.hosting import add, copy, reword, withdraw

__all__ = [
    "AnswerRefused",
    "AnsweredAlready",
    "EnoughAsked",
    "NotCleared",
    "NothingMoreToAsk",
    "QuestionRefused",
    "QuestionUnanswered",
    "QuestionWithdrawn",
    "add",
    "answer_as_school",
    "copy",
    "forget",
    "forget_schools",
    "refuse_unanswered",
    "reword",
    "tell",
    "withdraw",
]
