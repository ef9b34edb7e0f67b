"""Reads of what families ask their school by private link."""

from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from booking.days.events.models import Event
from booking.days.places.models import Booking
from booking.foundation.db import db, rows
from booking.money.checkout.models import FamilyMatter, FamilyQuestion
from booking.money.checkout.queries.questions import SCHOOL, TASKS_MAX
from booking.people.pupils.models import Pupil


class QuestionDue(NamedTuple):
    """Something that a parent of a school asked, and that nobody has dealt with yet."""

    public_id: str
    matter: FamilyMatter
    title: str
    forename: str
    surname: str
    reply_by_at: datetime | None


def question_by_public_id(public_id: str) -> FamilyQuestion | None:
    """Return a question with everything that the school's page shows."""
    return db.session.scalar(
        select(FamilyQuestion)
        .where(FamilyQuestion.public_id == public_id)
        .options(
            joinedload(FamilyQuestion.parent),
            joinedload(FamilyQuestion.booking).joinedload(Booking.pupil),
            joinedload(FamilyQuestion.booking).joinedload(Booking.event),
        )
    )


def open_questions(school_id: int) -> list[QuestionDue]:
    """Return what parents of a school have asked, oldest first."""
    return [QuestionDue(*row) for row in rows(_open_questions(), school_id=school_id)]


@cache
def _open_questions() -> Select[*tuple[Any, ...]]:
    return (
        select(
            FamilyQuestion.public_id,
            FamilyQuestion.matter,
            Event.title,
            Pupil.forename,
            Pupil.surname,
            Booking.reply_by_at,
        )
        .join(Booking, Booking.id == FamilyQuestion.booking_id)
        .join(Pupil, Pupil.id == Booking.pupil_id)
        .join(Event, Event.id == Booking.event_id)
        .where(Booking.school_id == SCHOOL, FamilyQuestion.settled_at.is_(None))
        .order_by(FamilyQuestion.asked_at, FamilyQuestion.id)
        .limit(TASKS_MAX)
    )


def asked_by(parent_id: int, *, since: datetime) -> list[FamilyQuestion]:
    """Return what a parent has asked since then, oldest first."""
    return list(
        db.session.scalars(
            select(FamilyQuestion)
            .where(FamilyQuestion.parent_id == parent_id, FamilyQuestion.asked_at > since)
            .order_by(FamilyQuestion.id)
        )
    )
