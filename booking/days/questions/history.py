"""How acts about a host's questions are told in a history: never with an answer."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select

from booking.days.questions.models import EventQuestion
from booking.foundation.audit.details import (
    ActWords,
    HistoryReader,
    Named,
    Namer,
    Related,
    Topic,
    act,
)
from booking.foundation.db import db

_QUESTIONS, _ANSWERS = "Questions of hosts", "Answers to hosts’ questions"


def acts() -> Mapping[str, ActWords]:
    """Return how these acts are told."""
    return {
        "ask_question": act(
            _QUESTIONS,
            "asked {subject}{event_id.more}, {warned}",
            "asked {subject}{event_id.more}",
            parts=_warned,
        ),
        "reword_question": act(
            _QUESTIONS,
            "worded {subject} anew{event_id.more}, {warned}",
            "worded {subject} anew{event_id.more}",
            parts=_warned,
        ),
        "withdraw_question": act(
            _QUESTIONS, "withdrew {subject}{event_id.more} and deleted {answers:answer}"
        ),
        "answer_questions": act(
            _ANSWERS,
            "answered {count:question} of the host about {subject}{event_id.more}",
            topic=Topic.FAMILY,
        ),
        "answer_as_school": act(
            _ANSWERS, "answered {count:question} of the host for the school{subject.more}"
        ),
    }


def _warned(facts: Mapping[str, object]) -> Mapping[str, str]:
    """Return that the host was warned, and said that the question is meant otherwise."""
    said = "having read what a host should not ask"
    return {"warned": said if facts.get("topics") else ""}


def namers() -> Sequence[Namer]:
    """Return how questions are named."""
    return (Namer(("event_questions",), _labels, Named("a question that is no longer kept")),)


def _labels(ids: Collection[int], _reads: HistoryReader) -> Mapping[int, Named]:
    found = db.session.execute(
        select(EventQuestion.id, EventQuestion.label).where(EventQuestion.id.in_(ids))
    )
    return {id_: Named(f"“{label}”") for id_, label in found}


def related(table: str, row_id: int) -> Sequence[Related] | None:
    """Add what was asked to the history of its event."""
    if table != "events":
        return None
    asked = select(EventQuestion.id).where(EventQuestion.event_id == row_id)
    return (Related("event_questions", asked),)
