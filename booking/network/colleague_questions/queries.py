"""Reads of questions: the list, one with its answers, similar ones, and what waits for whom."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import joinedload

from booking.domain.permissions import Action, Actor, may
from booking.foundation.db import db
from booking.network.colleague_questions.details import QuestionFilters
from booking.network.colleague_questions.models import ColleagueAnswer, ColleagueQuestion
from booking.people.pupils.models import Pupil
from booking.people.schools.models import Person, School

#: How many similar questions are shown, and from how many of the newest they are chosen.
SIMILAR_MAX, SIMILAR_AMONG = 5, 200
#: Shorter words say nothing about what a question is about.
WORD_MIN, WORDS_MAX = 4, 8
#: How many questions a page asks about at once; more appear once these have an answer.
WAITING_MAX, NEWEST_MAX, FOUND_MAX = 5, 20, 12


def by_public_id(public_id: str) -> ColleagueQuestion | None:
    """Return a question, whether or not it is hidden."""
    found = select(ColleagueQuestion).where(ColleagueQuestion.public_id == public_id)
    return db.session.scalars(_with_authors(found)).one_or_none()


def answer(public_id: str) -> ColleagueAnswer | None:
    """Return an answer with its question."""
    return db.session.scalars(
        select(ColleagueAnswer)
        .where(ColleagueAnswer.public_id == public_id)
        .options(joinedload(ColleagueAnswer.question))
    ).one_or_none()


def answers(question_id: int) -> Sequence[ColleagueAnswer]:
    """Return every answer to a question, hidden ones too, the oldest first."""
    return db.session.scalars(
        select(ColleagueAnswer)
        .where(ColleagueAnswer.question_id == question_id)
        .options(
            joinedload(ColleagueAnswer.school),
            joinedload(ColleagueAnswer.author).selectinload(Person.grants),
        )
        .order_by(ColleagueAnswer.written_at, ColleagueAnswer.id)
    ).all()


def listing(filters: QuestionFilters, *, actor: Actor) -> Select[ColleagueQuestion]:
    """Return the statement for the questions that somebody looks for, the newest word first."""
    found = select(ColleagueQuestion).where(*_conditions(filters, actor))
    order = (ColleagueQuestion.said_at.desc(), ColleagueQuestion.id.desc())
    return _with_authors(found).order_by(*order)


def _with_authors(found: Select[ColleagueQuestion]) -> Select[ColleagueQuestion]:
    return found.options(
        joinedload(ColleagueQuestion.school),
        joinedload(ColleagueQuestion.author).selectinload(Person.grants),
    )


def _conditions(filters: QuestionFilters, actor: Actor) -> Iterator[ColumnElement[bool]]:
    yield visible_to(actor)
    for word in filters.q.split():
        yield _has_word(word)
    if filters.area:
        yield ColleagueQuestion.area == filters.area
    if filters.which == "mine":
        yield ColleagueQuestion.author_id == actor.person_id
    elif filters.which == "closed":
        yield ColleagueQuestion.closed_at.is_not(None)
    elif filters.which in {"open", "unanswered"}:
        yield ColleagueQuestion.closed_at.is_(None)
        if filters.which == "unanswered":
            yield ~_has_answers()


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that somebody sees a question: hidden ones only its asker and a lead."""
    if may(actor, Action.RUN_NETWORK):
        return ColleagueQuestion.id.is_not(None)
    own = ColleagueQuestion.author_id == actor.person_id
    return or_(ColleagueQuestion.hidden_at.is_(None), own)


def _has_answers() -> ColumnElement[bool]:
    of_it = ColleagueAnswer.question_id == ColleagueQuestion.id
    return exists().where(of_it, ColleagueAnswer.hidden_at.is_(None))


def _has_word(word: str) -> ColumnElement[bool]:
    """Return the condition that a word is in a question or in one of its answers."""
    in_answer = exists().where(
        ColleagueAnswer.question_id == ColleagueQuestion.id,
        ColleagueAnswer.hidden_at.is_(None),
        ColleagueAnswer.words.icontains(word, autoescape=True),
    )
    return or_(
        ColleagueQuestion.title.icontains(word, autoescape=True),
        ColleagueQuestion.about.icontains(word, autoescape=True),
        in_answer,
    )


def similar(text: str) -> list[ColleagueQuestion]:
    """Return the questions that share most words with a text, the newest among equals."""
    asked = {word for word in text.casefold().split() if len(word) >= WORD_MIN}
    words = sorted(asked, key=len, reverse=True)[:WORDS_MAX]
    if not words:
        return []
    found = db.session.scalars(
        select(ColleagueQuestion)
        .where(
            ColleagueQuestion.hidden_at.is_(None),
            or_(*(ColleagueQuestion.title.icontains(word, autoescape=True) for word in words)),
        )
        .order_by(ColleagueQuestion.said_at.desc(), ColleagueQuestion.id.desc())
        .limit(SIMILAR_AMONG)
    ).all()
    shared = Counter({one: sum(word in one.title.casefold() for word in words) for one in found})
    return [one for one, _times in shared.most_common(SIMILAR_MAX)]


def counts(ids: Collection[int]) -> Mapping[int, int]:
    """Return how many answers each question has that are not hidden."""
    counted = (
        select(ColleagueAnswer.question_id, func.count())
        .where(ColleagueAnswer.question_id.in_(ids), ColleagueAnswer.hidden_at.is_(None))
        .group_by(ColleagueAnswer.question_id)
    )
    return {question: int(number) for question, number in db.session.execute(counted)}


def unanswered(areas: Collection[str] | None = None) -> Sequence[ColleagueQuestion]:
    """Return the open questions without an answer, the oldest first; only of some areas, if any."""
    found = select(ColleagueQuestion).where(
        ColleagueQuestion.closed_at.is_(None),
        ColleagueQuestion.hidden_at.is_(None),
        ~_has_answers(),
    )
    if areas is not None:
        found = found.where(ColleagueQuestion.area.in_(areas))
    order = (ColleagueQuestion.asked_at, ColleagueQuestion.id)
    return db.session.scalars(found.order_by(*order).limit(WAITING_MAX)).all()


def answered_for(person_id: int) -> Sequence[tuple[ColleagueQuestion, int]]:
    """Return somebody's open or hidden questions, the newest word first, and their answers."""
    number = (
        select(func.count())
        .where(
            ColleagueAnswer.question_id == ColleagueQuestion.id,
            ColleagueAnswer.hidden_at.is_(None),
            ColleagueAnswer.author_id.is_distinct_from(person_id),
        )
        .scalar_subquery()
    )
    found = (
        select(ColleagueQuestion, number)
        .where(
            ColleagueQuestion.author_id == person_id,
            ColleagueQuestion.closed_at.is_(None),
            or_(number > 0, ColleagueQuestion.hidden_at.is_not(None)),
        )
        .order_by(ColleagueQuestion.said_at.desc(), ColleagueQuestion.id)
        .limit(WAITING_MAX)
    )
    return [(question, int(many)) for question, many in db.session.execute(found)]


def newest() -> Sequence[ColleagueQuestion]:
    """Return the questions that were asked last."""
    found = select(ColleagueQuestion).where(ColleagueQuestion.hidden_at.is_(None))
    order = (ColleagueQuestion.asked_at.desc(), ColleagueQuestion.id.desc())
    return db.session.scalars(found.order_by(*order).limit(NEWEST_MAX)).all()


def told() -> Sequence[ColleagueQuestion]:
    """Return the questions of which somebody told the lead, the oldest first."""
    found = select(ColleagueQuestion).where(ColleagueQuestion.told_at.is_not(None))
    return db.session.scalars(found.order_by(ColleagueQuestion.told_at).limit(WAITING_MAX)).all()


def names_of_pupils(school_ids: Collection[int]) -> Iterator[tuple[str, str]]:
    """Yield the forenames and surnames of the pupils on the lists of schools."""
    if school_ids:
        found = select(Pupil.forename, Pupil.surname).where(
            Pupil.school_id.in_(school_ids), Pupil.left_at.is_(None)
        )
        yield from ((row.forename, row.surname) for row in db.session.execute(found))


def own_schools(school_ids: Collection[int]) -> Sequence[School]:
    """Return the schools for which somebody can ask or answer."""
    found = select(School).where(School.id.in_(school_ids)).order_by(School.name)
    return db.session.scalars(found).all() if school_ids else []


def first_found(filters: QuestionFilters, *, actor: Actor) -> Sequence[ColleagueQuestion]:
    """Return the newest questions that somebody looks for, a few."""
    return db.session.scalars(listing(filters, actor=actor).limit(FOUND_MAX)).all()
