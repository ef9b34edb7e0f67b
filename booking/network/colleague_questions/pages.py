"""What the pages of questions show, worked out before a template sees it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from booking.domain.english import plural
from booking.domain.permissions import Action, Actor, may
from booking.foundation.web import network_life
from booking.network.colleague_questions import queries, words
from booking.network.colleague_questions.models import ColleagueAnswer, ColleagueQuestion


@dataclass(frozen=True)
class QuestionRow:
    """A question in a list."""

    question: ColleagueQuestion
    who: str
    area: str
    #: "3 answers, one helped".
    said: str


@dataclass(frozen=True)
class AnsweredLine:
    """An answer, and what the reader may do about it."""

    answer: ColleagueAnswer
    who: str
    is_own: bool


@dataclass(frozen=True)
class QuestionPage:
    """One question, as somebody meets it."""

    question: ColleagueQuestion
    who: str
    area: str
    answers: Sequence[AnsweredLine]
    is_own: bool
    is_lead: bool
    may_answer: bool


def areas() -> Mapping[str, str]:
    """Return the areas in which colleagues offer help, by their keys."""
    return {one.key: one.name for one in chain.from_iterable(network_life.helped_areas())}


def rows(questions: Sequence[ColleagueQuestion]) -> list[QuestionRow]:
    """Return the rows of a list, with one statement for all of them, and one for the areas."""
    numbers = queries.counts([one.id for one in questions]) if questions else {}
    names = areas() if questions else {}
    return [
        QuestionRow(one, words.asker(one), names.get(one.area, ""), _said(one, numbers))
        for one in questions
    ]


def _said(question: ColleagueQuestion, numbers: Mapping[int, int]) -> str:
    many = numbers.get(question.id, 0)
    return plural(many, "answer") if many else "No answer yet"


def question_page(question: ColleagueQuestion, *, actor: Actor) -> QuestionPage:
    """Return what the page of one question shows to somebody who may read it."""
    is_lead = may(actor, Action.RUN_NETWORK)
    lines = [
        AnsweredLine(one, words.answerer(one, question), one.author_id == actor.person_id)
        for one in queries.answers(question.id)
    ]
    return QuestionPage(
        question=question,
        who=words.asker(question),
        area=areas().get(question.area, ""),
        answers=[line for line in lines if not line.answer.hidden_at or line.is_own or is_lead],
        is_own=question.author_id == actor.person_id,
        is_lead=is_lead,
        may_answer=question.closed_at is None and question.hidden_at is None,
    )
