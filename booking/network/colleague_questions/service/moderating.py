"""What the lead does about questions: hide, show, settle, and look who asked without a name."""

from datetime import datetime

from booking.domain.asking_colleagues import WORD_MAX
from booking.domain.permissions import Actor
from booking.domain.reasons import ReasonMissing
from booking.network.colleague_questions import locks
from booking.network.colleague_questions.models import ColleagueAnswer, ColleagueQuestion
from booking.network.colleague_questions.refusals import (
    AskedWithName,
    HiddenAlready,
    NothingTold,
    ToldAlready,
)
from booking.network.colleague_questions.service import mail
from booking.network.colleague_questions.service.asking import record
from booking.people.schools.models import Person


def tell_lead(*, actor: Actor, now: datetime, question: ColleagueQuestion, told: str) -> None:
    """Tell the lead what is wrong with a question or its answers. Raises ToldAlready."""
    told = _word(told, "Say what is wrong. The network lead will read this.")
    question = locks.question(question.id)
    if question.told:
        raise ToldAlready("Somebody has just told the lead of this question. The lead looks at it.")
    question.told, question.told_by_id, question.told_at = told, actor.person_id, now
    record(action="tell_of_question", question=question, actor=actor, now=now)
    mail.tell_of_problem(question, now=now)


def settle(*, actor: Actor, now: datetime, question: ColleagueQuestion, answer: str) -> None:
    """Say what was done, to whoever told of it. Raises NothingTold."""
    answer = _word(answer, "Say what you did. Whoever told you will read this.")
    question = locks.question(question.id)
    if not question.told:
        raise NothingTold("This has been settled already.")
    mail.tell_of_settling(question, answer, actor=actor, now=now)
    question.told, question.told_by_id, question.told_at = "", None, None
    record(action="settle_question", question=question, actor=actor, now=now)


def hide_question(*, actor: Actor, now: datetime, question: ColleagueQuestion, reason: str) -> None:
    """Hide a question with its answers; whoever asked is told why. Raises HiddenAlready."""
    question = locks.question(question.id)
    _hide(question, reason, now)
    record(action="hide_question", question=question, actor=actor, now=now)
    mail.tell_of_hiding(question, question.author_id, question, actor=actor, now=now)


def show_question(*, actor: Actor, now: datetime, question: ColleagueQuestion) -> None:
    """Show a question again; showing it twice changes nothing."""
    question = locks.question(question.id)
    if _show(question):
        record(action="show_question", question=question, actor=actor, now=now)


def hide_answer(*, actor: Actor, now: datetime, answer: ColleagueAnswer, reason: str) -> None:
    """Hide an answer; whoever wrote it is told why. Raises HiddenAlready."""
    answer = locks.answer(answer.id)
    _hide(answer, reason, now)
    record(action="hide_answer", question=answer.question, actor=actor, now=now)
    mail.tell_of_hiding(answer, answer.author_id, answer.question, actor=actor, now=now)


def show_answer(*, actor: Actor, now: datetime, answer: ColleagueAnswer) -> None:
    """Show an answer again; showing it twice changes nothing."""
    answer = locks.answer(answer.id)
    if _show(answer):
        record(action="show_answer", question=answer.question, actor=actor, now=now)


def look_who_asked(
    *, actor: Actor, now: datetime, question: ColleagueQuestion, reason: str
) -> Person | None:
    """Return who asked without a name: recorded with its reason, and told to whoever asked.

    Raises AskedWithName, ReasonMissing.
    """
    reason = _word(reason, "Say why you need to know. Whoever asked will read this.")
    question = locks.question(question.id)
    if not question.without_name:
        raise AskedWithName("Everybody sees who asked this.")
    record(action="look_who_asked", question=question, actor=actor, now=now, reason=reason)
    mail.tell_of_look(question, reason, actor=actor, now=now)
    return question.author


def _hide(row: ColleagueQuestion | ColleagueAnswer, reason: str, now: datetime) -> None:
    reason = _word(reason, "Say why. Whoever wrote this will read it.")
    if row.hidden_at is not None:
        raise HiddenAlready("This is hidden already.")
    row.hidden_at, row.hidden_reason = now, reason


def _show(row: ColleagueQuestion | ColleagueAnswer) -> bool:
    was_hidden = row.hidden_at is not None
    row.hidden_at, row.hidden_reason = None, ""
    return was_hidden


def _word(said: str, missing: str) -> str:
    said = said.strip()
    if not said:
        raise ReasonMissing(missing)
    if len(said) > WORD_MAX:
        raise ReasonMissing(f"Shorten this to {WORD_MAX} characters.")
    return said
