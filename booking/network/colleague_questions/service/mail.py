"""Mail about questions: to the lead what is wrong, to colleagues what the lead did.

Nothing else is mailed: answers wait on the page about network life. What is mailed about a question
without a name does not say which, for a lead reads to whom mail went.
"""

from datetime import datetime, timedelta

from booking.domain.permissions import Actor, Role
from booking.foundation.db import db
from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.render import absolute_url
from booking.foundation.web import addresses
from booking.network.colleague_questions.models import ColleagueAnswer, ColleagueQuestion
from booking.people.schools import queries as school_queries
from booking.people.schools.models import Person

#: For how long such mail is worth sending.
KEPT = timedelta(days=30)


def tell_of_problem(question: ColleagueQuestion, *, now: datetime) -> None:
    """Tell every lead what somebody says is wrong; answers go to that person."""
    for lead in school_queries.people_with(Role.LEAD):
        notifications.queue(
            key=f"question_problem:{question.public_id}:{now.isoformat()}:{lead.id}",
            to=lead.email,
            template="question_problem",
            now=now,
            keep_until=now + KEPT,
            reply_to=school_queries.person_or_lead(question.told_by_id),
            name=lead.name,
            title=question.title,
            told=question.told,
            action_url=_url(question),
            action_label="Open the question",
        )


def tell_of_settling(
    question: ColleagueQuestion, answer: str, *, actor: Actor, now: datetime
) -> None:
    """Tell whoever said what was wrong what was done about it."""
    _tell(
        question.told_by_id,
        question,
        f"question_settled:{question.public_id}:{now.isoformat()}",
        "What was done about it",
        ["You told the network lead that something was wrong with a question or its answers."],
        answer,
        actor=actor,
        now=now,
    )


def tell_of_hiding(
    row: ColleagueQuestion | ColleagueAnswer,
    author_id: int | None,
    question: ColleagueQuestion,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Tell whoever wrote something that it is hidden, and why.

    Whoever asked without a name reads it on the page about network life: to whom mail went would
    tell the lead who it was, and nobody would know that a lead had looked.
    """
    if question.without_name and author_id == question.author_id:
        return
    _tell(
        author_id,
        question,
        f"question_hidden:{row.public_id}:{now.isoformat()}",
        "What you wrote is hidden",
        ["The network lead has hidden what you wrote to colleagues. Nobody else sees it."],
        row.hidden_reason,
        actor=actor,
        now=now,
    )


def tell_of_look(question: ColleagueQuestion, reason: str, *, actor: Actor, now: datetime) -> None:
    """Tell whoever asked without a name that a lead has looked who it was, and why."""
    _tell(
        question.author_id,
        question,
        f"question_look:{question.public_id}:{now.isoformat()}",
        "The network lead has looked who asked",
        [
            "You asked colleagues something without your name. The network lead has looked who it "
            "was, which is recorded. Nobody else is told.",
        ],
        reason,
        actor=actor,
        now=now,
    )


def _tell(
    person_id: int | None,
    question: ColleagueQuestion,
    key: str,
    heading: str,
    lines: list[str],
    reason: str,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    person = db.session.get(Person, person_id) if person_id is not None else None
    if person is None or person.disabled_at is not None:
        return
    notifications.queue(
        key=key,
        to=person.email,
        template="question_news",
        now=now,
        keep_until=now + KEPT,
        reply_to=school_queries.person_or_lead(actor.person_id),
        name=person.name,
        heading=heading,
        lines=lines,
        reason=reason,
        action_url=_url(question),
        action_label="Open the question",
    )


def _url(question: ColleagueQuestion) -> str:
    return absolute_url(addresses.COLLEAGUE_QUESTION(public_id=question.public_id))
