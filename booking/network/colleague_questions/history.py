"""How acts about questions are told in a history."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select

from booking.foundation.audit.details import ActWords, HistoryReader, Named, Namer, act
from booking.foundation.db import db
from booking.network.colleague_questions.models import ColleagueQuestion

_QUESTIONS = "Questions to colleagues"
_SENTENCES = {
    "ask_colleagues": "asked colleagues {subject}",
    "close_question": "closed the question {subject}",
    "open_question_again": "opened the question {subject} again",
    "take_question_back": "took back the question {subject}",
    "answer_colleague": "answered the question {subject}",
    "take_answer_back": "took back an answer to the question {subject}",
    "say_it_helped": "said that an answer to the question {subject} helped",
    "tell_of_question": "told the network lead of a problem with the question {subject}",
    "settle_question": "settled a problem with the question {subject}",
    "hide_question": "hid the question {subject}",
    "show_question": "showed the question {subject} again",
    "hide_answer": "hid an answer to the question {subject}",
    "show_answer": "showed an answer to the question {subject} again",
    "look_who_asked": "looked who asked the question {subject}",
}


def acts() -> Mapping[str, ActWords]:
    """Return how the acts about questions are told."""
    return {name: act(_QUESTIONS, words) for name, words in _SENTENCES.items()}


def namers() -> Sequence[Namer]:
    """Return how questions are named."""
    return (Namer(("colleague_questions",), _titles, Named("that is no longer kept")),)


def _titles(ids: Collection[int], _reads: HistoryReader) -> Mapping[int, Named]:
    found = db.session.execute(
        select(ColleagueQuestion.id, ColleagueQuestion.title).where(ColleagueQuestion.id.in_(ids))
    )
    return {id_: Named(f"“{title}”") for id_, title in found}
