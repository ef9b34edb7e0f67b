"""Lock a question, or an answer, before anything changes."""

from typing import TypeVar

from sqlalchemy import select

from booking.foundation.db import Model, db
from booking.network.colleague_questions.models import ColleagueAnswer, ColleagueQuestion

Row = TypeVar("Row", bound=Model)


def question(question_id: int) -> ColleagueQuestion:
    """Return a question as it is now, locked."""
    return _locked(ColleagueQuestion, question_id)


def answer(answer_id: int) -> ColleagueAnswer:
    """Return an answer as it is now, locked; its question is locked before it."""
    found = select(ColleagueAnswer.question_id).where(ColleagueAnswer.id == answer_id)
    question(db.session.scalars(found).one())
    return _locked(ColleagueAnswer, answer_id)


def _locked(model: type[Row], id_: int) -> Row:
    found = select(model).where(model.id == id_)  # type: ignore[attr-defined]
    return db.session.scalars(
        found.with_for_update().execution_options(populate_existing=True)
    ).one()
