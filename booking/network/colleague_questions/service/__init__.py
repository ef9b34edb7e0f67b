"""What may be done with questions: ask, answer, close; hide, settle and look, as the lead."""

from booking.network.colleague_questions.refusals import (
    AskedWithName,
    HiddenAlready,
    NothingTold,
    QuestionClosed,
    QuestionHasAnswers,
    QuestionNotTaken,
    ToldAlready,
)
from booking.network.colleague_questions.service.answering import (
    answer,
    say_it_helped,
    take_answer_back,
)
from booking.network.colleague_questions.service.asking import (
    ask,
    close,
    open_again,
    take_question_back,
)
from booking.network.colleague_questions.service.moderating import (
    hide_answer,
    hide_question,
    look_who_asked,
    settle,
    show_answer,
    show_question,
    tell_lead,
)

__all__ = [
    "AskedWithName",
    "HiddenAlready",
    "NothingTold",
    "QuestionClosed",
    "QuestionHasAnswers",
    "QuestionNotTaken",
    "ToldAlready",
    "answer",
    "ask",
    "close",
    "hide_answer",
    "hide_question",
    "look_who_asked",
    "open_again",
    "say_it_helped",
    "settle",
    "show_answer",
    "show_question",
    "take_answer_back",
    "take_question_back",
    "tell_lead",
]
