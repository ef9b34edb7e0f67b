"""The blueprint for questions, and how its addresses find a question or an answer."""

from functools import wraps
from typing import Any

from flask import Blueprint, abort, url_for
from flask_login import current_user

from booking.domain.permissions import Action, Scope, may
from booking.domain.reasons import ReasonMissing
from booking.foundation.web.access import requires
from booking.foundation.web.forms import Refusals
from booking.network.colleague_questions import queries, service
from booking.network.colleague_questions.models import ColleagueAnswer, ColleagueQuestion

colleague_questions = Blueprint("colleague_questions", __name__)

#: Which field a refusal is shown beside; the others go at the top.
REFUSALS: Refusals = {
    service.QuestionNotTaken: "",
    service.QuestionClosed: "",
    service.HiddenAlready: "",
    service.ToldAlready: "",
    service.NothingTold: "",
    service.AskedWithName: "",
    ReasonMissing: "word",
}


def load_readable(public_id: str) -> ColleagueQuestion | None:
    """Return the question at an address: a hidden one only for its asker and the lead."""
    found, actor = queries.by_public_id(public_id), current_user.actor
    if found is None or found.hidden_at is None or may(actor, Action.RUN_NETWORK):
        return found
    return found if found.author_id == actor.person_id else None


def load_answer(public_id: str) -> ColleagueAnswer | None:
    """Return the answer at an address."""
    return queries.answer(public_id)


def of_asker(question: ColleagueQuestion) -> Scope:
    """Return what a question belongs to: whoever asked."""
    return Scope(person_id=question.author_id)


def of_answerer(answer: ColleagueAnswer) -> Scope:
    """Return what an answer belongs to: whoever wrote it."""
    return Scope(person_id=answer.author_id)


def of_answered(answer: ColleagueAnswer) -> Scope:
    """Return what saying that an answer helped belongs to: whoever asked."""
    return Scope(person_id=answer.question.author_id)


def whole_network(_row: Any) -> Scope:
    """Return what the lead looks after."""
    return Scope()


def of_a_question(view: Any) -> Any:
    """Admit whoever may read the question at an address."""

    @requires(Action.SEE_NETWORK_LIFE)
    @wraps(view)
    def found(public_id: str) -> Any:
        return view(question=load_readable(public_id) or abort(404))

    return found


def address_of(question: ColleagueQuestion) -> str:
    """Return the address of a question's page."""
    return url_for("colleague_questions.show", public_id=question.public_id)
