"""Ask colleagues, close the question, open it again, and take back what nobody answered."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from booking.domain import asking_colleagues
from booking.domain.permissions import WORKER, Actor
from booking.domain.problems import Problem
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.network.colleague_questions import locks, queries
from booking.network.colleague_questions.details import AskedDetails
from booking.network.colleague_questions.models import ColleagueQuestion
from booking.network.colleague_questions.refusals import (
    QuestionClosed,
    QuestionHasAnswers,
    QuestionNotTaken,
)


def ask(*, actor: Actor, now: datetime, details: AskedDetails) -> ColleagueQuestion:
    """Ask everybody who sees network life. Raises QuestionNotTaken."""
    found = [*asking_colleagues.problems(title=details.title, about=details.about)]
    if not details.no_pupil:
        found += name_problems("about", f"{details.title}\n{details.about}", actor)
    refuse(found)
    own = details.school_id if details.school_id in actor.schools() else None
    question = ColleagueQuestion(
        title=details.title.strip(),
        about=details.about.strip(),
        area=details.area,
        author_id=actor.person_id,
        school_id=own,
        without_name=details.without_name,
        asked_at=now,
        said_at=now,
    )
    db.session.add(question)
    db.session.flush()
    record(action="ask_colleagues", question=question, actor=actor, now=now, school_id=own)
    return question


def close(*, actor: Actor, now: datetime, question: ColleagueQuestion) -> None:
    """Close one's question without an answer that helped; closing it twice changes nothing."""
    question = locks.question(question.id)
    if question.closed_at is None:
        question.closed_at = now
        record(action="close_question", question=question, actor=actor, now=now)


def open_again(*, actor: Actor, now: datetime, question: ColleagueQuestion) -> None:
    """Open one's question again: no answer has helped after all."""
    question = locks.question(question.id)
    if question.closed_at is not None:
        question.closed_at = None
        for answer in queries.answers(question.id):
            answer.helped_at = None
        record(action="open_question_again", question=question, actor=actor, now=now)


def take_question_back(*, actor: Actor, now: datetime, question: ColleagueQuestion) -> None:
    """Delete one's question. Raises QuestionHasAnswers once somebody has answered."""
    question = locks.question(question.id)
    if queries.answers(question.id):
        raise QuestionHasAnswers(
            "Somebody has answered, and what they wrote is theirs. Close the question instead."
        )
    record(action="take_question_back", question=question, actor=actor, now=now)
    db.session.delete(question)


def answerable(question: ColleagueQuestion) -> ColleagueQuestion:
    """Return a question, locked, that can be answered. Raises QuestionClosed."""
    question = locks.question(question.id)
    if question.hidden_at is not None or question.closed_at is not None:
        raise QuestionClosed("This question is closed, so it takes no more answers.")
    return question


def record(
    *,
    action: str,
    question: ColleagueQuestion,
    actor: Actor,
    now: datetime,
    school_id: int | None = None,
    reason: str = "",
) -> None:
    """Record an act; of whoever asked without a name, the trail keeps none either."""
    hidden = question.without_name and actor.person_id == question.author_id
    audit.record(
        actor=WORKER if hidden else actor,
        action=action,
        subject=question,
        school_id=None if hidden else school_id,
        reason=reason,
        now=now,
    )


def name_problems(field: str, words: str, actor: Actor) -> Iterator[Problem]:
    """Yield that a text names a pupil of a school of whoever writes it."""
    if found := asking_colleagues.named_in(words, queries.names_of_pupils(actor.schools())):
        yield Problem(
            field,
            f"“{found}” is the name of a pupil at your school. Say “a pupil in Year 5”, or the "
            "like. If it is somebody else’s name, say so below.",
        )


def refuse(problems: Iterable[Problem]) -> None:
    """Raise QuestionNotTaken if anything is wrong."""
    if found := tuple(problems):
        raise QuestionNotTaken(found)
