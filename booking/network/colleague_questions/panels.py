"""What the page about network life, and the lead's home, show of questions."""

from collections.abc import Iterable
from datetime import datetime
from itertools import chain

from flask import url_for

from booking.domain import asking_colleagues
from booking.domain.english import plural
from booking.domain.permissions import Actor
from booking.foundation.web import network_life
from booking.foundation.web.network_life import FoundTitle, WhatIsNew
from booking.foundation.web.task_lists import Task
from booking.network.colleague_questions import queries
from booking.network.colleague_questions.details import QuestionFilters
from booking.network.colleague_questions.models import ColleagueQuestion
from booking.people.schools import queries as school_queries

_KIND = "Question"


def needs_me(*, actor: Actor, now: datetime) -> list[Task]:
    """Return one's questions that were answered or hidden, and those one may be able to answer."""
    if actor.person_id is None:
        return []
    helped = set(chain.from_iterable(network_life.helps_with(actor=actor)))
    waiting = queries.unanswered(helped) if helped else ()
    return [
        *(_own(question, many) for question, many in queries.answered_for(actor.person_id)),
        *(_to_answer(one) for one in _long(waiting, now) if one.author_id != actor.person_id),
    ]


def _own(question: ColleagueQuestion, many: int) -> Task:
    if question.hidden_at is not None:
        return Task("A question of yours is hidden", _url(question), question.hidden_reason)
    hint = f"{plural(many, 'answer')}. Say which one helped, or close it."
    return Task(f"Read the answers: {question.title}", _url(question), hint, tag=_KIND, tone="info")


def _to_answer(question: ColleagueQuestion) -> Task:
    hint = "Nobody has answered yet, and you offer to help with this."
    return Task(f"Can you help? {question.title}", _url(question), hint, tag=_KIND, tone="info")


def network_tasks(*, now: datetime) -> list[Task]:
    """Return what the lead should do: look at what was told, and at what nobody answers."""
    found = [
        Task(
            f"Look at the question “{one.title}”: something may be wrong",
            _url(one),
            one.told,
            tag=_KIND,
            tone="warn",
        )
        for one in queries.told()
    ]
    if many := len(list(_long(queries.unanswered(), now))):
        title = f"Find somebody for {plural(many, 'question')} that nobody answers"
        url = url_for("colleague_questions.listing", which="unanswered")
        found.append(Task(title, url, "Asked more than five school days ago.", tag=_KIND))
    return found


def _long(waiting: Iterable[ColleagueQuestion], now: datetime) -> list[ColleagueQuestion]:
    """Return those that have waited for long; the calendar is read only if any waits."""
    found = list(waiting)
    known = school_queries.calendar(None) if found else None
    return [
        one
        for one in found
        if known and asking_colleagues.waits_since_long(one.asked_at, now, known)
    ]


def what_is_new(*, actor: Actor, now: datetime, since: datetime) -> list[WhatIsNew]:
    """Return the questions that were asked since then, newest first."""
    return [
        WhatIsNew(one.title, _KIND, one.asked_at, _url(one))
        for one in queries.newest()
        if one.asked_at > since
    ]


def found(*, actor: Actor, text: str) -> list[FoundTitle]:
    """Return the questions that a search in their own list would begin with."""
    shown = queries.first_found(QuestionFilters(q=text), actor=actor)
    return [FoundTitle(one.title, _KIND, _url(one)) for one in shown]


def _url(question: ColleagueQuestion) -> str:
    return url_for("colleague_questions.show", public_id=question.public_id)
