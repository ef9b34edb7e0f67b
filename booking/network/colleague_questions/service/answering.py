"""Answer a colleague, take an answer back, and say that one helped."""

from datetime import datetime

from booking.domain import asking_colleagues
from booking.domain.permissions import Actor
from booking.foundation.db import db
from booking.network.colleague_questions import locks
from booking.network.colleague_questions.details import AnsweredDetails
from booking.network.colleague_questions.models import ColleagueAnswer, ColleagueQuestion
from booking.network.colleague_questions.refusals import QuestionClosed
from booking.network.colleague_questions.service.asking import (
    answerable,
    name_problems,
    record,
    refuse,
)


def answer(
    *, actor: Actor, now: datetime, question: ColleagueQuestion, details: AnsweredDetails
) -> ColleagueAnswer:
    """Answer a question. Raises QuestionNotTaken, QuestionClosed."""
    found = [*asking_colleagues.answer_problems(details.words)]
    if not details.no_pupil:
        found += name_problems("words", details.words, actor)
    refuse(found)
    question = answerable(question)
    own = details.school_id if details.school_id in actor.schools() else None
    row = ColleagueAnswer(
        question=question,
        author_id=actor.person_id,
        school_id=own,
        words=details.words.strip(),
        written_at=now,
    )
    question.said_at = now
    db.session.add(row)
    db.session.flush()
    record(action="answer_colleague", question=question, actor=actor, now=now, school_id=own)
    return row


def take_answer_back(*, actor: Actor, now: datetime, answer: ColleagueAnswer) -> None:
    """Delete one's answer; a question that it closed is open again."""
    answer = locks.answer(answer.id)
    if answer.helped_at is not None:
        answer.question.closed_at = None
    record(action="take_answer_back", question=answer.question, actor=actor, now=now)
    db.session.delete(answer)


def say_it_helped(*, actor: Actor, now: datetime, answer: ColleagueAnswer) -> None:
    """Say that an answer helped, which closes the question. Raises QuestionClosed."""
    answer = locks.answer(answer.id)
    if answer.hidden_at is not None:
        raise QuestionClosed("The network lead has hidden this answer.")
    if answer.helped_at is None:
        answer.helped_at = now
        answer.question.closed_at = answer.question.closed_at or now
        record(action="say_it_helped", question=answer.question, actor=actor, now=now)
