"""What must be true of questions: one that an answer helped with is closed."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from booking.foundation.chores import Check
from booking.foundation.db import db
from booking.network.colleague_questions.models import ColleagueAnswer, ColleagueQuestion


def checks() -> Sequence[Check]:
    """Return the check on questions."""
    return (Check("A question that an answer helped with is closed", _open),)


def _open() -> Iterable[str]:
    found = (
        select(ColleagueQuestion.id)
        .join(ColleagueAnswer, ColleagueAnswer.question_id == ColleagueQuestion.id)
        .where(ColleagueAnswer.helped_at.is_not(None), ColleagueQuestion.closed_at.is_(None))
        .distinct()
        .order_by(ColleagueQuestion.id)
    )
    for id_ in db.session.scalars(found):
        yield f"question {id_} is open, although an answer helped"
