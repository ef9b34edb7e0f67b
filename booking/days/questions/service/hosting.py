"""A host asks a question, words it anew while nobody has answered, or takes it back."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select

from booking.days.events import locks as event_locks
from booking.days.events import states as event_states
from booking.days.events.models import Event, EventState
from booking.days.questions import mail, queries, refusals
from booking.days.questions.models import EventQuestion, QuestionAnswer
from booking.domain import asking, not_to_ask
from booking.domain.asking import QUESTIONS_MAX, AskedOf, Asking
from booking.domain.not_to_ask import Sensitive
from booking.domain.permissions import Actor
from booking.domain.problems import Problem
from booking.foundation.audit import service as audit
from booking.foundation.db import db


def add(
    *, actor: Actor, now: datetime, event: Event, wanted: Asking, cleared: Collection[str] = ()
) -> EventQuestion:
    """Ask one more question about an event.

    Once somebody has replied, nobody has to answer it: parents are asked by mail, schools by a
    task. Raises QuestionRefused, NotCleared, EnoughAsked, NothingMoreToAsk.
    """
    event = event_locks.event(event.id)
    _refuse_over(event, now)
    asked = queries.of_event(event.id)
    if len(asked) >= QUESTIONS_MAX:
        raise refusals.EnoughAsked
    wanted = asking.settled(wanted)
    _refuse(wanted, cleared, beside=asked)
    is_late = event.state is EventState.PUBLISHED and queries.has_replies(event.id)
    question = EventQuestion(
        event_id=event.id,
        position=_last_position(event.id) + 1,
        late=is_late,
        asked_at=now,
        asked_by_id=actor.person_id,
    )
    _write(question, replace(wanted, required=wanted.required and not is_late))
    db.session.add(question)
    _record(actor, "ask_question", question, event, now)
    if is_late and question.of is AskedOf.PARENT:
        mail.ask_late(question, queries.replied(event.id), now=now)
    return question


def reword(
    *,
    actor: Actor,
    now: datetime,
    question: EventQuestion,
    wanted: Asking,
    cleared: Collection[str] = (),
) -> EventQuestion:
    """Write a question anew that nobody has answered yet.

    Raises QuestionRefused, NotCleared, AnsweredAlready, QuestionWithdrawn, NothingMoreToAsk.
    """
    event = event_locks.event(question.event_id)
    question = _afresh(question)
    _refuse_over(event, now)
    if count := queries.count_answers(question.id):
        raise refusals.AnsweredAlready(count)
    wanted = asking.settled(wanted)
    others = [other for other in queries.of_event(event.id) if other is not question]
    _refuse(wanted, cleared, beside=others)
    _write(question, replace(wanted, required=wanted.required and not question.late))
    _record(actor, "reword_question", question, event, now)
    return question


def withdraw(*, actor: Actor, now: datetime, question: EventQuestion) -> int:
    """Take a question back and delete its answers; return how many. Raises QuestionWithdrawn."""
    event = event_locks.event(question.event_id)
    question = _afresh(question)
    gone = db.session.scalars(
        delete(QuestionAnswer)
        .where(QuestionAnswer.question_id == question.id)
        .returning(QuestionAnswer.id)
    ).all()
    question.withdrawn_at = now
    _record(actor, "withdraw_question", question, event, now, answers=len(gone))
    return len(gone)


def copy(event: Event, *, of: Event, actor: Actor, now: datetime) -> None:
    """Ask at a repeated event what was asked at the first, in the same order.

    What somebody at another school read and cleared is left out: nobody here has.
    """
    elsewhere = event.host_school_id != of.host_school_id
    for found in queries.of_event(of.id):
        if found.cleared and elsewhere:
            continue
        question = EventQuestion(
            event_id=event.id,
            position=found.position,
            asked_at=now,
            asked_by_id=actor.person_id,
        )
        _write(question, found.asking)
        question.cleared = list(found.cleared)
        db.session.add(question)


def _afresh(question: EventQuestion) -> EventQuestion:
    """Return a question as it is now; the caller holds its event. Raises QuestionWithdrawn."""
    db.session.refresh(question)
    if question.withdrawn_at is not None:
        raise refusals.QuestionWithdrawn
    return question


def _refuse_over(event: Event, now: datetime) -> None:
    if event.state is EventState.DRAFT:
        return
    if event.state is not EventState.PUBLISHED or event_states.is_over(event, now):
        raise refusals.NothingMoreToAsk(event.title)


def _refuse(wanted: Asking, cleared: Collection[str], *, beside: Sequence[EventQuestion]) -> None:
    found = list(asking.problems(wanted))
    if wanted.label.casefold() in {other.label.casefold() for other in beside}:
        found.append(Problem("label", "Another question is called that already."))
    if found:
        raise refusals.QuestionRefused(found)
    topics = not_to_ask.topics(*wanted.texts)
    if not set(topics) <= {Sensitive(topic) for topic in cleared}:
        raise refusals.NotCleared(topics)


def _write(question: EventQuestion, wanted: Asking) -> None:
    question.of, question.kind, question.kept = wanted.of, wanted.kind, wanted.kept
    question.label, question.text, question.help = wanted.label, wanted.words, wanted.help
    question.options = list(wanted.options)
    question.low, question.high = wanted.low, wanted.high
    question.required, question.for_staff = wanted.required, wanted.for_staff
    question.cleared = [topic.value for topic in not_to_ask.topics(*wanted.texts)]


def _last_position(event_id: int) -> int:
    last = select(func.max(EventQuestion.position)).where(EventQuestion.event_id == event_id)
    return db.session.scalar(last) or 0


def _record(
    actor: Actor,
    action: str,
    question: EventQuestion,
    event: Event,
    now: datetime,
    **facts: Any,
) -> None:
    # What the host read about a doubtful question, and said was meant otherwise, is on record.
    audit.record(
        actor=actor,
        action=action,
        subject=question,
        school_id=event.host_school_id,
        now=now,
        event_id=event.id,
        topics=list(question.cleared),
        **facts,
    )
